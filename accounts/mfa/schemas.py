"""Define the schemas of the second factor."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from lib.web.schemas import Otp, Password, Timestamp


class SecondFactorOut(Schema):
    """Status of a user's second factor. `required_by` has the names of the organisations that require it."""

    enabled: bool
    confirmed_at: Timestamp | None
    recovery_codes_left: int
    required_by: list[str]


class EnrolmentOut(Schema):
    """Secret for an authenticator app, as text and as the URL of a QR code."""

    secret: str
    otpauth_url: str


class OtpIn(Schema):
    """Code from an authenticator app, or a recovery code."""

    otp: Otp


class SecondFactorRemovalIn(OtpIn):
    """Code, and optionally the password, of a user who turns their second factor off."""

    password: Password | None = Field(default=None, description="Has to be right when it is given.")


class RecoveryCodesOut(Schema):
    """Recovery codes, which are shown this once: only their hashes are stored."""

    recovery_codes: list[str]
