"""Define the schemas of the second factor."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints, model_validator

from accounts.models import Passkey
from lib.web.schemas import Name, Otp, Password, Schema, Timestamp

# Attestations, the longest, are a few kilobytes.
Base64 = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[A-Za-z0-9_-]*$")]
CredentialId = Annotated[str, StringConstraints(min_length=1, max_length=1400, pattern=r"^[A-Za-z0-9_-]*$")]


class SecondFactorOut(Schema):
    """Status of a user's second factor. `required_by` has the names of the organisations that require it.

    `methods` has those that the user can prove it by.
    """

    enabled: bool
    confirmed_at: Timestamp | None
    recovery_codes_left: int
    required_by: list[str]
    methods: list[Literal["app", "passkey", "recovery_code"]]


class EnrolmentOut(Schema):
    """Secret for an authenticator app, as text and as the URL of a QR code."""

    secret: str
    otpauth_url: str


class OtpIn(Schema):
    """Code from an authenticator app, or a recovery code."""

    otp: Otp


# The fields of these are named as browsers name them.


class CreatedResponse(Schema):
    """What an authenticator has signed when it created a passkey, in base64url."""

    clientDataJSON: Base64
    attestationObject: Base64
    transports: list[Annotated[str, StringConstraints(max_length=32)]] = Field(default=[], max_length=16)


class UsedResponse(Schema):
    """What an authenticator has signed when a passkey was used, in base64url."""

    clientDataJSON: Base64
    authenticatorData: Base64
    signature: Base64
    userHandle: Base64 | None = None


class CredentialIn(Schema):
    """Answer of a browser, as `PublicKeyCredential.toJSON()` has it (WebAuthn Level 3, 5.1)."""

    id: CredentialId
    rawId: CredentialId
    type: Literal["public-key"]
    authenticatorAttachment: Literal["platform", "cross-platform"] | None = None


class CreatedCredentialIn(CredentialIn):
    """Answer of `navigator.credentials.create()`."""

    response: CreatedResponse
    clientExtensionResults: dict[str, Any] = Field(default={})


class UsedCredentialIn(CredentialIn):
    """Answer of `navigator.credentials.get()`."""

    response: UsedResponse


class OptionalProofIn(Schema):
    """Second factor once more, where one is required."""

    otp: Otp = ""
    passkey: UsedCredentialIn | None = None


class PasskeyRegistrationIn(OptionalProofIn):
    """Password of a user who adds a passkey; the second factor of a user of a provider, who has no password."""

    password: Password | None = Field(default=None, description="Required of a user who has one.")


class ConfirmationIn(OtpIn):
    """First code of an authenticator app; of a user who has passkeys already, the password or one of the others."""

    password: Password = Field(default="", description="Beside passkeys, required of a user who has one.")
    recovery_code: Otp = Field(
        default="", description="Beside passkeys, from a user without password: this or a passkey."
    )
    passkey: UsedCredentialIn | None = None


class ProofIn(OptionalProofIn):
    """Second factor once more: a code, or the answer of a passkey to `/me/passkeys/verification`."""

    @model_validator(mode="after")
    def require_either(self) -> Self:
        """Refuse a body without code and passkey."""
        if self.passkey is None and not self.otp:
            raise ValueError(gettext("Send a code as otp, or the answer of a passkey."))
        return self


class SecondFactorRemovalIn(ProofIn):
    """Second factor, and optionally the password, of a user who removes their authenticator app."""

    password: Password | None = Field(default=None, description="Has to be right when it is given.")


class RecoveryCodesOut(Schema):
    """Recovery codes, which are shown this once: only their hashes are stored. None where the user has some already."""

    recovery_codes: list[str]


class PasskeyIn(Schema):
    """New passkey: its name, and what the browser answered."""

    name: Name
    credential: CreatedCredentialIn


class PasskeyPatch(Schema):
    """New name of a passkey."""

    name: Name


class PasskeyRemovalIn(OptionalProofIn):
    """Password of a user who removes a passkey; a second factor of a user who has no password."""

    password: Password = ""


class PasskeyOut(Schema):
    """Passkey: a discoverable one signs in without a password, a synced one is on several devices of its owner."""

    id: UUID
    name: str
    is_discoverable: bool
    is_synced: bool
    created_at: Timestamp
    last_used_at: Timestamp | None

    @classmethod
    def of(cls, passkey: Passkey) -> Self:
        fields = ("id", "name", "is_discoverable", "is_synced", "created_at", "last_used_at")
        return cls.model_construct(**{field: getattr(passkey, field) for field in fields})


class NewPasskeyOut(RecoveryCodesOut):
    """New passkey, and the recovery codes that come with the first second factor."""

    passkey: PasskeyOut
