"""Shapes of the second factor."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from lib.web.schemas import Otp, Password, Timestamp


class SecondFactorOut(Schema):
    """`required_by` names the organisations that ask for it."""

    enabled: bool
    confirmed_at: Timestamp | None
    recovery_codes_left: int
    required_by: list[str]


class EnrolmentOut(Schema):
    secret: str
    otpauth_url: str


class OtpIn(Schema):
    otp: Otp


class SecondFactorRemovalIn(OtpIn):
    password: Password | None = Field(default=None, description="Has to be right when it is given.")


class RecoveryCodesOut(Schema):
    """Shown this once: only hashes are kept."""

    recovery_codes: list[str]
