"""What administrators fill in: everybody's accounts, and what narrows the audit log down."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.forms.service import ServiceForm
from accounts.models import User

SYSTEM_ROLES = [(User.Role.USER.value, _("User")), (User.Role.ADMIN.value, _("System administrator"))]
# Beyond these, clocks of some time zones run out of years.
IN_OUR_TIME = RegexValidator(r"^[12]\d{3}-", _("Choose a year that clocks know."))


class UserForm(ServiceForm):
    """Somebody's account, as a system administrator changes it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    username = forms.CharField(label=_("Username"), max_length=40)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=SYSTEM_ROLES)


class NewUserForm(UserForm):
    username = forms.CharField(label=_("Username (optional)"), max_length=40, required=False)
    password = forms.CharField(
        label=_("Password (optional)"), max_length=128, widget=forms.PasswordInput, strip=False, required=False
    )


class AuditForm(forms.Form):
    """What narrows the audit log down."""

    q = forms.CharField(required=False, max_length=80, label=_("Person or name"))
    action = forms.ChoiceField(
        required=False,
        label=_("What"),
        choices=[
            ("", _("Any change")),
            ("create", _("Made")),
            ("update", _("Changed")),
            ("delete", _("Deleted or ended")),
        ],
    )
    table = forms.ChoiceField(required=False, label=_("Kind of thing"))
    since = forms.DateField(required=False, label=_("From"), validators=[IN_OUR_TIME])
    until = forms.DateField(required=False, label=_("To"), validators=[IN_OUR_TIME])
    user = forms.UUIDField(required=False)
    record = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(table, known.title) for table, known in trail.words.items()]
        cast(forms.ChoiceField, self.fields["table"]).choices = [("", _("Anything")), *kinds]
