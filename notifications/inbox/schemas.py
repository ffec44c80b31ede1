"""Notifications, as REST answers and events carry them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from accounts.models import Organisation, User
from lib.web.schemas import Moment, Timestamp
from notifications.descriptions import Described


class UserSummaryOut(BaseModel):
    """A user, as notifications and announcements name them."""

    id: UUID
    name: str
    username: str
    kind: Literal["human", "agent"]
    avatar_url: str | None

    @classmethod
    def of(cls, user: User) -> UserSummaryOut:
        """Return the shape of a user."""
        return cls.model_construct(
            id=user.pk, name=user.name, username=user.username, kind=user.kind, avatar_url=user.avatar_url
        )


class OrganisationSummaryOut(BaseModel):
    """An organisation, as notifications name it."""

    id: UUID
    slug: str
    name: str

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationSummaryOut:
        """Return the shape of an organisation."""
        return cls.model_construct(id=organisation.pk, slug=organisation.slug, name=organisation.name)


class NotificationOut(BaseModel):
    """Something that you should know of. Its texts are plain, in the language of the request."""

    id: UUID
    kind: str = Field(description="What has happened, such as `mention` or `direct`; more may come.")
    type: Literal["info", "success", "warning", "error"]
    title: str
    message: str
    url: str = Field(description="The path on this server that it leads to.")
    actor: UserSummaryOut | None = Field(description="Who has caused it, last where it stands for several.")
    organisation: OrganisationSummaryOut | None = Field(description="To which it belongs.")
    room_id: UUID | None
    subject_id: UUID | None = Field(description="What it is about, such as a message.")
    count: int = Field(description="How many it stands for: of a direct conversation, or of reactions.")
    created_at: Timestamp
    updated_at: Timestamp = Field(description="When the last of these came.")
    read_at: Timestamp | None

    @classmethod
    def of(cls, described: Described) -> NotificationOut:
        """Return the shape of a notification whose actor and organisation are loaded."""
        row, description = described.row, described.description
        return cls.model_construct(
            id=row.pk,
            kind=row.kind,
            type=row.level,
            title=description.title,
            message=description.text,
            url=description.url or row.url,
            actor=UserSummaryOut.of(row.actor) if row.actor else None,
            organisation=OrganisationSummaryOut.of(row.organisation) if row.organisation else None,
            room_id=row.place,
            subject_id=row.subject,
            count=description.number,
            created_at=row.created_at,
            updated_at=row.updated_at,
            read_at=row.read_at,
        )


class UnreadCount(BaseModel):
    unread: int


class ReadAllOut(UnreadCount):
    read_at: Timestamp | None = Field(description="Undo it with this time. Null where nothing was unread.")


class UndoIn(BaseModel):
    read_at: Moment = Field(description="As `read-all` answered it.")
