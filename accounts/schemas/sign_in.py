"""Signing up and in: passwords, codes, tokens, and where one is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from accounts.models import LoginAttempt, TokenFamily
from accounts.schemas.shapes import Email, Name, Otp, Password, Timestamp, Token, Username


class SignupIn(Schema):
    email: Email
    password: Password
    name: Name
    username: Username | None = None
    invitation: Token | None = Field(default=None, description="Needed where sign-up is by invitation only.")


class CredentialsIn(Schema):
    email: Email
    password: Password
    otp: Otp | None = Field(default=None, description="Where there is a second factor: its code, or a recovery code.")


class RefreshIn(Schema):
    refresh_token: Token


class TokenOut(Schema):
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_at: Timestamp


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


class SessionOut(Schema):
    """A browser, or a REST client with its tokens."""

    id: UUID
    kind: Literal["browser", "token"]
    ip_address: str | None
    user_agent: str
    last_activity: Timestamp | None
    created_at: Timestamp
    current: bool

    @classmethod
    def of(cls, place: Any, *, here: UUID) -> Self:
        fields = ("id", "kind", "ip_address", "user_agent", "last_activity", "created_at")
        return cls.model_construct(current=place.id == here, **{field: getattr(place, field) for field in fields})


class LoginAttemptOut(Schema):
    """A try to sign in, by oneself or by somebody else. `reason` says why it failed."""

    id: UUID
    method: str
    outcome: Literal["success", "failure"]
    reason: str
    ip_address: str | None
    user_agent: str
    created_at: Timestamp

    @classmethod
    def of(cls, attempt: LoginAttempt) -> Self:
        fields = ("id", "method", "outcome", "reason", "ip_address", "user_agent", "created_at")
        return cls.model_construct(**{field: getattr(attempt, field) for field in fields})


class PersonalTokenIn(Schema):
    name: Name
    scopes: list[Annotated[str, StringConstraints(max_length=60)]] = Field(max_length=100)
    expires_at: datetime | None = Field(default=None, description="Never unless given; ten years from now at most.")


class PersonalTokenOut(Schema):
    """A token made by hand. Its text is shown once, when it is made."""

    id: UUID
    name: str
    scopes: list[str]
    last_used_at: Timestamp | None
    expires_at: Timestamp | None
    created_at: Timestamp

    @classmethod
    def of(cls, family: TokenFamily, **more: Any) -> Self:
        fields = ("id", "name", "scopes", "last_used_at", "expires_at", "created_at")
        return cls.model_construct(**{field: getattr(family, field) for field in fields}, **more)


class NewPersonalTokenOut(PersonalTokenOut):
    token: str = Field(description="Keep it: nobody can look it up again.")


class ProviderOut(Schema):
    id: str
    name: str
    url: str


class ConnectionOut(Schema):
    """An account at a provider. `account` is what it is called there; with `is_last_way` nothing else lets one in."""

    id: int
    provider: str
    provider_name: str
    account: str
    connected_at: Timestamp
    last_used_at: Timestamp
    is_last_way: bool

    @classmethod
    def of(cls, connection: Any) -> Self:
        fields = ("id", "account", "connected_at", "last_used_at", "is_last_way")
        return cls.model_construct(
            provider=connection.provider.id,
            provider_name=connection.provider.name,
            **{field: getattr(connection, field) for field in fields},
        )
