"""Forms of accounts, for system administrators."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.web.forms import ServiceForm

SYSTEM_ROLES = [(User.Role.USER.value, _("User")), (User.Role.ADMIN.value, _("System administrator"))]


class UserForm(ServiceForm):
    """Name, address and role of a user."""

    name = forms.CharField(label=_("Name"), max_length=80)
    username = forms.CharField(label=_("Username"), max_length=40)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=SYSTEM_ROLES)


class NewUserForm(UserForm):
    """A new user. Username and password are optional."""

    username = forms.CharField(label=_("Username (optional)"), max_length=40, required=False)
    password = forms.CharField(
        label=_("Password (optional)"), max_length=128, widget=forms.PasswordInput, strip=False, required=False
    )
