"""People, and what one changes of oneself."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from accounts.models import Status, User
from accounts.schemas.shapes import LEFT_OUT, Email, Name, Password, Timestamp, Username

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


class StatusIn(BaseModel):
    emoji: Annotated[str, StringConstraints(max_length=32)] = Field(
        default="", description="A single emoji; a speech balloon where there is text alone."
    )
    text: Annotated[str, StringConstraints(max_length=100)] = ""
    expires_at: AwareDatetime | None = Field(default=None, description="When it clears itself.")


class MeIn(Schema):
    name: Name = LEFT_OUT
    username: Username = LEFT_OUT
    theme: Literal["system", "light", "dark"] = LEFT_OUT
    language: Language = LEFT_OUT
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=LEFT_OUT, description="As IANA names it; null is that of the browser."
    )
    availability: Availability = LEFT_OUT
    status: StatusIn | None = Field(default=LEFT_OUT, description="Null clears it.")
    metadata: dict[str, Any] = Field(
        default=LEFT_OUT,
        description="Merged by its top-level keys: each gets its new value whole, and one set to null goes.",
    )

    def changes(self) -> dict[str, Any]:
        """What was given, as the service takes it."""
        given = self.model_dump(exclude_unset=True)
        if "status" in given:
            given["status"] = Status(**(given["status"] or {}))
        if "time_zone" in given:
            given["time_zone"] = given["time_zone"] or ""
        return given


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


def _status_of(user: User) -> StatusOut | None:
    status = user.current_status
    return StatusOut.model_construct(**status._asdict()) if status else None
