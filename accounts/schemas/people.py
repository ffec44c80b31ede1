"""People, and what one changes of oneself."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from accounts.models import User
from accounts.schemas.shapes import LEFT_OUT, Email, Name, Password, Timestamp, Username


class UserOut(Schema):
    """A person or an agent. `email` is null for everybody but oneself and administrators."""

    id: UUID
    email: str | None
    username: str
    name: str
    kind: Literal["human", "agent"]
    avatar_url: str | None
    presence: Literal["online", "away", "busy", "offline"]

    @classmethod
    def of(cls, user: User, *, with_email: bool = False, **more: Any) -> Self:
        return cls.model_construct(
            id=user.pk,
            email=user.email if with_email else None,
            username=user.username,
            name=user.name,
            kind=user.kind,
            avatar_url=None,
            presence=user.current_presence,
            **more,
        )


class MeOut(UserOut):
    """What one sees of oneself."""

    role: Literal["user", "admin"]
    theme: Literal["system", "light", "dark"]
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
            metadata=user.metadata,
            email_verified=user.email_verified_at is not None,
            created_at=user.created_at,
        )


class MeIn(Schema):
    name: Name = LEFT_OUT
    username: Username = LEFT_OUT
    theme: Literal["system", "light", "dark"] = LEFT_OUT
    metadata: dict[str, Any] = Field(default=LEFT_OUT, description="Merged by key; a key set to null goes.")


class PasswordIn(Schema):
    current_password: Password
    new_password: Password


class PasswordCheckIn(Schema):
    """Who it is for counts too: a password is nothing like one's name. Whoever is signed in needn't say."""

    password: Password
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    username: Annotated[str, StringConstraints(max_length=40)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class PasswordCheckOut(Schema):
    problems: list[str]


class AddressIn(Schema):
    email: Email
    current_password: Password
