"""Define the schemas of tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from accounts.models import TokenFamily
from lib.web.schemas import Name, Schema, Timestamp, Token


class RefreshIn(Schema):
    refresh_token: Token


class TokenOut(Schema):
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_at: Timestamp


class PersonalTokenIn(Schema):
    name: Name
    scopes: list[Annotated[str, StringConstraints(max_length=60)]] = Field(max_length=100)
    expires_at: datetime | None = Field(default=None, description="Never unless given; ten years from now at most.")


class PersonalTokenOut(Schema):
    """Personal token. Its text is shown once, when it is created."""

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
    """New personal token, with its text."""

    token: str = Field(description="The text of the token, which is shown this once.")
