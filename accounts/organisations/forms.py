"""Forms of an organisation, its members and invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from lib.text.email_addresses import split_addresses
from lib.web.forms import ServiceForm


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


class LinkPreviewsForm(ServiceForm):
    enabled = forms.BooleanField(required=False)


class DeletionForm(ServiceForm):
    """Deletion of an organisation, confirmed by typing its name."""

    typed_name = forms.CharField(label=_("Its name"), max_length=80)
