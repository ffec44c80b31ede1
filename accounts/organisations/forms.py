"""Forms of an organisation, its members and invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation
from lib.text.email_addresses import split_addresses
from lib.web.forms import ServiceForm

# Minutes.
WINDOWS = {
    0: _("never"),
    5: _("for 5 minutes"),
    15: _("for 15 minutes"),
    60: _("for an hour"),
    24 * 60: _("for a day"),
    7 * 24 * 60: _("for a week"),
}


class OrganisationForm(ServiceForm):
    name = forms.CharField(label=_("Organisation name"), max_length=80)


class InvitationForm(ServiceForm):
    """Form of a link for anyone who has it."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER)
    days = forms.TypedChoiceField(
        label=_("Expires after"),
        choices=[("1", _("1 day")), ("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days"))],
        coerce=int,
        required=False,
        empty_value=None,
        initial="7",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if days := cleaned.pop("days", None):
            cleaned["expires_at"] = timezone.now() + timedelta(days=days)
        return cleaned


class MailedInvitationForm(InvitationForm):
    """Form of invitations that are mailed, one to each address of a pasted list."""

    emails = forms.CharField(label=_("E-mail addresses"), max_length=10_000, widget=forms.Textarea)
    field_order = ("emails", "role", "days")

    def clean_emails(self) -> list[str]:
        return split_addresses(self.cleaned_data["emails"])

    def submit(self, service: Callable[..., Any], **arguments: Any) -> bool:
        """Mail the invitations, and keep the addresses that have to wait, with the reason of each."""
        super().submit(service, **arguments)
        if self.result and self.result.unsent:
            data = cast(QueryDict, self.data).copy()
            data["emails"] = "\n".join(self.result.unsent)
            self.data = data
            self.add_error("emails", [f"{email}: {error}" for email, error in self.result.unsent.items()])
        return self.is_valid()

    def describe_sent(self) -> str:
        """Say to whom invitations were mailed; nothing where none was."""
        sent = self.result.sent if self.result else []
        one, many = gettext("Mailed to %(email)s."), gettext("Mailed to %(count)s people.")
        return (one if len(sent) == 1 else many) % {"email": sent[0].email, "count": len(sent)} if sent else ""


class RoleForm(ServiceForm):
    role = forms.ChoiceField(choices=Membership.Role.choices)


class EnforcementForm(ServiceForm):
    required = forms.BooleanField(required=False)


class SwitchForm(ServiceForm):
    enabled = forms.BooleanField(required=False)


class MessageRulesForm(ServiceForm):
    """For how long authors may edit and delete their messages, and whether members see who has read one."""

    edit_window = forms.TypedChoiceField(label=_("Authors can edit messages"), coerce=int, empty_value=None)
    delete_window = forms.TypedChoiceField(label=_("Authors can delete messages"), coerce=int, empty_value=None)
    read_receipts = forms.BooleanField(label=_("Show who has read a message"), required=False)

    def __init__(self, data: QueryDict | None = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial=_describe_rules(organisation))
        for name in ("edit_window", "delete_window"):
            field = cast(forms.TypedChoiceField, self.fields[name])
            field.choices = _list_windows(getattr(organisation, name))
            field.required = False


def _describe_rules(organisation: Organisation) -> dict[str, Any]:
    windows = {"edit_window": organisation.edit_window, "delete_window": organisation.delete_window}
    shown = {name: "" if minutes is None else minutes for name, minutes in windows.items()}
    return shown | {"read_receipts": organisation.read_receipts}


def _list_windows(current: int | None) -> list[tuple[str, str]]:
    """Return the choices of a window, by minutes; empty: always. Other minutes, which REST has set, are among them."""
    windows = {minutes: str(label) for minutes, label in WINDOWS.items()}
    if current is not None and current not in windows:
        windows[current] = ngettext("for %(count)s minute", "for %(count)s minutes", current) % {"count": current}
    return [*((str(minutes), label) for minutes, label in sorted(windows.items())), ("", gettext("always"))]


class DeletionForm(ServiceForm):
    """Deletion of an organisation, confirmed by typing its name."""

    typed_name = forms.CharField(label=_("Its name"), max_length=80)
