"""Announcements, as REST answers carry them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from lib.web.schemas import Timestamp
from notifications.inbox.schemas import UserSummaryOut
from notifications.models import Announcement


class AnnouncementOut(BaseModel):
    """A text to all members of an organisation."""

    id: UUID
    author: UserSummaryOut | None
    text: str
    created_at: Timestamp

    @classmethod
    def of(cls, announcement: Announcement) -> AnnouncementOut:
        """Return the shape of an announcement whose author is loaded."""
        author = announcement.author
        return cls.model_construct(
            id=announcement.pk,
            author=UserSummaryOut.of(author) if author else None,
            text=announcement.text,
            created_at=announcement.created_at,
        )


class AnnouncementIn(BaseModel):
    text: Annotated[str, StringConstraints(max_length=20_000)]
