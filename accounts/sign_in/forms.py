"""Form of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.linked_accounts.services import Provider, offered_providers


class LoginForm(allauth_forms.LoginForm):
    """E-mail and password; a mismatch shows beside the password."""

    remember = forms.BooleanField(required=False, initial=True)

    @property
    def providers(self) -> list[Provider]:
        """Where else one may have an account to come in with."""
        return offered_providers()

    @property
    def signup_open(self) -> bool:
        """Whether to offer signing up without an invitation."""
        return bool(settings.SIGNUP == "open")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data
