"""Forms of passwords."""

from __future__ import annotations

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.security.limits import count_verification_mail
from lib.web.forms import ServiceForm


class PasswordForm(ServiceForm):
    current_password = forms.CharField(label=_("Current password"), widget=forms.PasswordInput, strip=False)
    new_password = forms.CharField(label=_("New password"), widget=forms.PasswordInput, strip=False)


class ReauthenticationForm(ServiceForm):
    # Whoever came by a provider has none.
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, strip=False, required=False)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """A link goes to the address that somebody signs in with, never to one that they only asked for."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = list(User.objects.active().filter(email=User.objects.normalize_email(email)))
        return email

    @classmethod
    def mail_link(cls, request: HttpRequest, user: User) -> None:
        """Send somebody who is signed in what they would get at the door."""
        count_verification_mail(user)
        form = cls({"email": user.email})
        if form.is_valid():
            form.save(request)
