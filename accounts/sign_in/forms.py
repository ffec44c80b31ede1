"""Form of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from accounts.linked_accounts.services import Provider, offered_providers
from accounts.sign_up.first_account import is_empty, is_new


class LoginForm(allauth_forms.LoginForm):
    """E-mail and password; a mismatch is shown beside the password."""

    remember = forms.BooleanField(required=False, initial=True)

    @property
    def providers(self) -> list[Provider]:
        """Return the providers to sign in with instead."""
        return offered_providers()

    @property
    def signup_open(self) -> bool:
        """Tell whether to offer signing up without an invitation."""
        return bool(settings.SIGNUP == "open")

    @cached_property
    def is_first(self) -> bool:
        """Tell whether nobody has an account on this server yet."""
        return is_empty()

    @cached_property
    def is_new(self) -> bool:
        """Tell whether no account can have been signed in to yet: the next one may be the administrator's."""
        return is_new()

    def clean(self) -> dict[str, Any]:
        """Check the credentials; put what is wrong with them beside the password."""
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data
