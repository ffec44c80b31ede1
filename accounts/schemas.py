"""Define schemas that several subjects share: users, and the organisation of a row."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from accounts.models import User
from lib.web.schemas import Schema, Timestamp

Language = Annotated[Literal["", "en", "de"], Field(description="Empty: the language that the browser asks for.")]
Availability = Literal["auto", "away", "busy"]
AVATAR_URL: Any = Field(description="The path of their picture on this server; null: clients show their initials.")


class StatusOut(Schema):
    """Status that a user has set."""

    emoji: str
    text: str
    expires_at: Timestamp | None = Field(description="Null: until they clear it.")


class UserOut(Schema):
    """User: a human or an agent. `email` is null unless the reader is this user or an administrator."""

    id: UUID
    email: str | None
    username: str
    name: str
    kind: Literal["human", "agent"]
    avatar_url: str | None = AVATAR_URL
    presence: Literal["online", "away", "busy", "offline"]
    status: StatusOut | None

    @classmethod
    def of(cls, user: User, *, with_email: bool = False, **more: Any) -> Self:
        status = user.current_status
        return cls.model_construct(
            id=user.pk,
            email=user.email if with_email else None,
            username=user.username,
            name=user.name,
            kind=user.kind,
            avatar_url=user.avatar_url,
            presence=user.current_presence,
            status=StatusOut.model_construct(**status._asdict()) if status else None,
            **more,
        )


class MeOut(UserOut):
    """Signed-in user, with their preferences."""

    role: Literal["user", "admin"]
    theme: Literal["system", "light", "dark"]
    language: Language
    time_zone: str | None = Field(description="IANA name of the time zone; null: that of the browser.")
    availability: Availability = Field(
        description="Presence shown to others: as their clients report it (auto), or always away or busy."
    )
    metadata: dict[str, Any]
    email_verified: bool
    created_at: Timestamp

    @classmethod
    def of(cls, user: User, *, with_email: bool = True, **more: Any) -> Self:
        return super().of(
            user,
            with_email=with_email,
            role=user.role,
            theme=user.theme,
            language=user.language,
            time_zone=user.time_zone or None,
            availability=user.availability,
            metadata=user.metadata,
            email_verified=user.email_verified_at is not None,
            created_at=user.created_at,
            **more,
        )


class OrganisationName(Schema):
    name: str
    slug: str
