"""Shapes that several subjects share: users, and the organisation a row names."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field

from accounts.models import User
from lib.web.schemas import Timestamp

Language = Annotated[Literal["", "en", "de"], Field(description="Empty: the one that the browser asks for.")]


Availability = Literal["auto", "away", "busy"]


AVATAR: Any = Field(description="The path of their picture on this server; null where initials stand for them.")


class StatusOut(Schema):
    """What somebody says of their day."""

    emoji: str
    text: str
    expires_at: Timestamp | None = Field(description="Null: until they clear it.")


class UserOut(Schema):
    """A person or an agent. `email` is null for everybody but oneself and administrators."""

    id: UUID
    email: str | None
    username: str
    name: str
    kind: Literal["human", "agent"]
    avatar_url: str | None = AVATAR
    presence: Literal["online", "away", "busy", "offline"]
    status: StatusOut | None

    @classmethod
    def of(cls, user: User, *, with_email: bool = False, **more: Any) -> Self:
        return cls.model_construct(
            id=user.pk,
            email=user.email if with_email else None,
            username=user.username,
            name=user.name,
            kind=user.kind,
            avatar_url=user.avatar_url,
            presence=user.current_presence,
            status=_status_of(user),
            **more,
        )


class MeOut(UserOut):
    """What one sees of oneself."""

    role: Literal["user", "admin"]
    theme: Literal["system", "light", "dark"]
    language: Language
    time_zone: str | None = Field(description="As IANA names it; null is that of the browser.")
    availability: Availability = Field(
        description="How they say they can be reached: by what their clients say (auto), or away or busy in any case."
    )
    metadata: dict[str, Any]
    email_verified: bool
    created_at: Timestamp

    @classmethod
    def about(cls, user: User) -> Self:
        return cls.of(
            user,
            with_email=True,
            role=user.role,
            theme=user.theme,
            language=user.language,
            time_zone=user.time_zone or None,
            availability=user.availability,
            metadata=user.metadata,
            email_verified=user.email_verified_at is not None,
            created_at=user.created_at,
        )


def _status_of(user: User) -> StatusOut | None:
    status = user.current_status
    return StatusOut.model_construct(**status._asdict()) if status else None


class OrganisationName(Schema):
    name: str
    slug: str
