"""Browser input. Forms say what to ask for; services decide, and their words appear beside the field they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils import timezone

from accounts.errors import Conflict, TooManyAttempts
from accounts.models import Invitation, Membership, User
from accounts.scopes import known_scopes
from accounts.services.invitations import read_invitation
from accounts.services.people import pretend_to_sign_up, sign_up


class ServiceForm(forms.Form):
    """Hands what was typed to a service, and shows what the service refuses."""

    result: Any = None

    def submit(self, service: Callable[..., Any], **arguments: Any) -> bool:
        """Whether the service did it; what it returned is then the `result`."""
        if not self.is_valid():
            return False
        try:
            self.result = service(**arguments, **self.cleaned_data)
        except ValidationError as error:
            show_refusal(self, error)
        except (Conflict, TooManyAttempts) as error:
            self.add_error(None, str(error))
        return self.is_valid()


def show_refusal(form: forms.Form, error: ValidationError, **fields: str) -> None:
    """Put a service's words beside the field they are about; `fields` maps its names to the form's."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        name = fields.get(name, name)
        form.add_error(name if name in form.fields else None, errors)


class SignupForm(allauth_forms.SignupForm):
    """Name, e-mail and password; with an invitation, joining is part of signing up."""

    name = forms.CharField(label="Your name", max_length=80)
    invitation = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "email", "password1", "invitation")
    user: User | None

    @property
    def invited(self) -> Invitation | None:
        """What the link that led here leads to."""
        try:
            return read_invitation(self["invitation"].value() or "")
        except ObjectDoesNotExist:
            return None

    def validate_unique_email(self, value: str) -> str:
        """Taken is what somebody signs in with, not what they only asked for."""
        self.account_already_exists = User.objects.filter(email=value).exists()
        if self.account_already_exists and settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
            raise get_adapter().validation_error("email_taken")
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            self._sign_up(cleaned)
        return cleaned

    def save(self, request: HttpRequest) -> User | None:
        """Already done: only the service can say whether the input is good."""
        return self.user

    def _sign_up(self, cleaned: dict[str, Any]) -> None:
        try:
            # allauth sends who has an account a mail that says so, and shows the same page.
            self.user = (pretend_to_sign_up if self.account_already_exists else sign_up)(
                email=cleaned["email"],
                password=cleaned["password1"],
                name=cleaned["name"],
                invitation=cleaned["invitation"] or None,
            )
        except ValidationError as error:
            show_refusal(self, error, password="password1")  # noqa: S106  a field's name
        except PermissionDenied as error:
            self.add_error("email", str(error))
        except ObjectDoesNotExist:
            self.add_error(None, "This invite link has expired. Ask for a new one.")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """A link goes to the address that somebody signs in with, never to one that they only asked for."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = list(User.objects.active().filter(email=User.objects.normalize_email(email)))
        return email


class LoginForm(allauth_forms.LoginForm):
    """E-mail and password; a mismatch shows beside the password."""

    remember = forms.BooleanField(required=False, initial=True)

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


class OrganisationForm(ServiceForm):
    name = forms.CharField(label="Organisation name", max_length=80)


class ProfileForm(ServiceForm):
    name = forms.CharField(label="Your name", max_length=80)
    username = forms.CharField(label="Username", max_length=40)


class AddressForm(ServiceForm):
    email = forms.EmailField(label="New address", max_length=254)
    current_password = forms.CharField(label="Your password", widget=forms.PasswordInput, strip=False)


class AppearanceForm(ServiceForm):
    theme = forms.ChoiceField(choices=User.Theme.choices)


class PasswordForm(ServiceForm):
    current_password = forms.CharField(label="Current password", widget=forms.PasswordInput, strip=False)
    new_password = forms.CharField(label="New password", widget=forms.PasswordInput, strip=False)


class InvitationForm(ServiceForm):
    role = forms.ChoiceField(choices=Membership.Role.choices, initial=Membership.Role.MEMBER)
    email = forms.EmailField(label="E-mail", required=False)


class TokenForm(ServiceForm):
    """A personal token: what it is for, what it may do, and for how long."""

    name = forms.CharField(label="What it is for", max_length=80)
    scopes = forms.MultipleChoiceField(choices=lambda: [(scope, scope) for scope in known_scopes()], required=False)
    days = forms.TypedChoiceField(
        label="It works for",
        choices=[("30", "30 days"), ("90", "90 days"), ("365", "A year"), ("", "Ever, until you revoke it")],
        coerce=int,
        empty_value=None,
        required=False,
        initial="90",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        days = cleaned.pop("days", None)
        cleaned["expires_at"] = timezone.now() + timedelta(days=days) if days else None
        return cleaned


class RoleForm(ServiceForm):
    role = forms.ChoiceField(choices=Membership.Role.choices)


class RequirementForm(ServiceForm):
    required = forms.BooleanField(required=False)


class CodeForm(ServiceForm):
    otp = forms.CharField(label="Code", max_length=40)


class RemovalForm(ServiceForm):
    # Whoever came by a provider has none.
    password = forms.CharField(label="Your password", widget=forms.PasswordInput, strip=False, required=False)
    otp = forms.CharField(label="Code", max_length=40)
