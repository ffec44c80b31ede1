"""Validate the forms of the second factor."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.passwords.forms import ReauthenticationForm
from lib.web.forms import ServiceForm


class CodeForm(ServiceForm):
    """Form of a code from the app."""

    otp = forms.CharField(label=_("Code"), max_length=40)


class RemovalForm(ReauthenticationForm):
    """Form that turns the second factor off: password and code."""

    otp = forms.CharField(label=_("Code"), max_length=40)
