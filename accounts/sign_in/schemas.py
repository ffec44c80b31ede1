"""Shapes of signing in."""

from __future__ import annotations

from pydantic import Field

from accounts.mfa.schemas import UsedCredentialIn
from lib.web.schemas import Email, Otp, Password, Schema


class CredentialsIn(Schema):
    """What a user signs in with."""

    email: Email
    password: Password
    otp: Otp | None = Field(default=None, description="Where there is a second factor: its code, or a recovery code.")


class PasskeySignInIn(Schema):
    """Answer of a passkey that the user signs in with alone."""

    credential: UsedCredentialIn
