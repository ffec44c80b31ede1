"""Forms of the e-mail address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.web.forms import ServiceForm


class AddressForm(ServiceForm):
    """Change of the e-mail address, proved by the password."""

    email = forms.EmailField(label=_("New address"), max_length=254)
    current_password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False)
