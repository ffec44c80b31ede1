"""Validate the forms of the second factor."""

from __future__ import annotations

from typing import Any

import pydantic
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.mfa.ceremonies import INVALID
from accounts.mfa.relying_party import RelyingParty
from accounts.mfa.schemas import CreatedCredentialIn, UsedCredentialIn
from accounts.mfa.services.factors import Proof
from accounts.passwords.forms import ReauthenticationForm
from lib.web.forms import ServiceForm
from lib.web.schemas import Schema

MAX_CREDENTIAL = 60_000


class CredentialField(forms.CharField):
    """Answer of a browser's passkey, which a script puts into a hidden field as JSON."""

    widget = forms.HiddenInput

    def __init__(self, schema: type[Schema], **kwargs: Any) -> None:
        super().__init__(max_length=MAX_CREDENTIAL, **kwargs)
        self.schema = schema

    def clean(self, value: Any) -> Any:
        """Return the answer as a dict, or None where there is none and none is required."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.schema.model_validate_json(text).model_dump()
        except pydantic.ValidationError as error:
            raise ValidationError(INVALID) from error


class ProofForm(ServiceForm):
    """Form of a second factor: a code, or the answer of a passkey at the address of `party`."""

    otp = forms.CharField(label=_("Code"), max_length=40, required=False)
    passkey = CredentialField(UsedCredentialIn, required=False)
    # Name of the field of the code.
    code_field = "otp"

    def __init__(self, *args: Any, party: RelyingParty | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party

    def clean(self) -> dict[str, Any]:
        """Put code or passkey together as `proof`; a passkey that can't be read is shown beside the code."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "passkey" in self.errors:
            self.add_error(self.code_field, self.errors.pop("passkey").data)
        cleaned["proof"] = Proof(cleaned.pop(self.code_field, ""), cleaned.pop("passkey", None), self.party)
        return cleaned


class RemovalForm(ReauthenticationForm, ProofForm):
    """Form that removes the authenticator app: password and second factor."""


class ConfirmationForm(ReauthenticationForm, ProofForm):
    """Form of the first code from the app; of who has passkeys already, their password, without one another factor."""

    otp = forms.CharField(label=_("Code"), max_length=40)
    recovery_code = forms.CharField(label=_("Recovery code"), max_length=40, required=False)
    code_field = "recovery_code"


class PasskeyForm(ServiceForm):
    """Form of a new passkey. A script fills in `credential`, for which the password has been asked."""

    name = forms.CharField(label=_("Name"), max_length=80)
    credential = CredentialField(CreatedCredentialIn)


class PasskeyNameForm(ServiceForm):
    name = forms.CharField(label=_("Name"), max_length=80)


class PasskeyRemovalForm(RemovalForm):
    """Form that removes a passkey: the password, or a second factor of a user without one."""


class PasskeySignInForm(ServiceForm):
    """Form that signs in with a passkey alone."""

    passkey = CredentialField(UsedCredentialIn)
    remember = forms.BooleanField(required=False)
