"""Form of signing up."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.linked_accounts.services import Provider, offered_providers
from accounts.models import Invitation, User
from accounts.organisations.services.invitations import read_invitation
from accounts.sign_up.first_account import is_empty, is_new, must_confirm
from accounts.sign_up.services import sign_up, simulate_sign_up
from lib.web.forms import add_service_errors


class SignupForm(allauth_forms.SignupForm):
    """Name, e-mail and password of a new user; an invitation is accepted along with them."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    invitation = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "email", "password1", "invitation")
    user: User | None

    @property
    def providers(self) -> list[Provider]:
        """Return the providers to sign up with instead."""
        return offered_providers()

    @cached_property
    def is_first(self) -> bool:
        """Tell whether this account is the first of the server, and so its system administrator."""
        return is_new()

    @property
    def must_confirm(self) -> bool:
        """Tell whether the address has to be confirmed before the first sign-in."""
        return must_confirm()

    @cached_property
    def is_empty(self) -> bool:
        """Tell whether nobody has an account yet, not even an unconfirmed one."""
        return is_empty()

    @cached_property
    def invited(self) -> Invitation | None:
        """Return the invitation that the sign-up accepts; None where its link is dead."""
        try:
            return read_invitation(self["invitation"].value() or "")
        except ObjectDoesNotExist:
            return None

    def validate_unique_email(self, value: str) -> str:
        """Accept an address that no user signs in with, though a user may have asked to change to it."""
        self.account_already_exists = User.objects.filter(email=value).exists()
        if self.account_already_exists and not must_confirm():
            raise get_adapter().validation_error("email_taken")
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            self._sign_up(cleaned)
        return cleaned

    def save(self, request: HttpRequest) -> User | None:
        """Return the user that `clean` has stored: only the service can say whether the input is valid."""
        return self.user

    def _sign_up(self, cleaned: dict[str, Any]) -> None:
        try:
            # allauth mails the owner of an account that there is one, and shows the same page.
            self.user = (simulate_sign_up if self.account_already_exists else sign_up)(
                email=cleaned["email"],
                password=cleaned["password1"],
                name=cleaned["name"],
                invitation=cleaned["invitation"] or None,
            )
        except ValidationError as error:
            add_service_errors(self, error, password="password1")  # noqa: S106  a field's name
        except PermissionDenied as error:
            self.add_error("email", str(error))
        except ObjectDoesNotExist:
            self.add_error(None, _("This invite link has expired. Ask for a new one."))
