"""Validate the forms of passwords, and mail reset links."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.passwords.reset_links import ResetLinks
from accounts.security.limits import count_verification_mail
from lib.web.forms import ServiceForm


class PasswordForm(ServiceForm):
    current_password = forms.CharField(label=_("Current password"), widget=forms.PasswordInput, strip=False)
    new_password = forms.CharField(label=_("New password"), widget=forms.PasswordInput, strip=False)


class ReauthenticationForm(ServiceForm):
    # Users of a provider have no password.
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False, required=False)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Form that mails a reset link to the confirmed address of a user, never to one that is still to be confirmed."""

    def clean_email(self) -> str:
        # The mail goes to what this returns: to the stored address, not to one that was typed to look like it.
        email = User.objects.normalize_email(super().clean_email())
        self.users = list(User.objects.active().filter(email=email))
        return email

    def save(self, request: HttpRequest, **details: Any) -> str:
        """Mail the link, or that there is no account. Both take the same time."""
        if not self.users:
            ResetLinks().simulate_token()
        email: str = super().save(request, **details)
        return email

    @classmethod
    def mail_link(cls, request: HttpRequest, user: User) -> None:
        """Mail a signed-in user the link that the page of the sign-in would send; raise `TooManyAttempts`."""
        count_verification_mail(user)
        form = cls({"email": user.email})
        if form.is_valid():
            form.save(request)
