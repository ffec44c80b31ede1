"""Reports, as REST answers carry them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from accounts.models import User
from chat.messages.schemas import NamedUserOut
from chat.models import Report
from chat.models.reports import MAX_REASON
from lib.web.schemas import Timestamp

State = Literal["open", "resolved", "dismissed"]


class ReportIn(BaseModel):
    reason: str = Field(min_length=1, max_length=MAX_REASON)


class ResolutionIn(BaseModel):
    delete_message: bool = Field(default=False, description="Delete the message, and close all reports of it.")


class ReportedOut(BaseModel):
    """A report that you have made."""

    id: UUID
    state: State
    created_at: Timestamp

    @classmethod
    def of(cls, report: Report) -> ReportedOut:
        """Return the shape of a report."""
        return cls.model_construct(id=report.pk, state=report.state, created_at=report.created_at)


class ReportOut(ReportedOut):
    """A message as it was when it was reported, and why."""

    message_id: UUID | None = Field(description="Null where its room was deleted.")
    room_id: UUID | None
    room_name: str = Field(description="Empty for a direct room.")
    author: NamedUserOut | None
    reporter: NamedUserOut | None = Field(description="Null for the author of the message.")
    reason: str
    content: str
    is_edited: bool = Field(description="Whether the message has other words by now.")
    is_deleted: bool
    resolved_at: Timestamp | None
    resolved_by: NamedUserOut | None

    @classmethod
    def read_by(cls, reader: User, report: Report) -> ReportOut:
        """Return the shape of a report, loaded `for_listing`, for an administrator."""
        return cls.model_construct(
            id=report.pk,
            state=report.state,
            created_at=report.created_at,
            message_id=report.message_id,
            room_id=report.room_id,
            room_name=report.room_name,
            author=_name_user(report.author),
            reporter=_name_user(report.get_reporter(reader)),
            reason=report.reason,
            content=report.content,
            is_edited=report.is_message_edited,
            is_deleted=report.is_message_deleted,
            resolved_at=report.resolved_at,
            resolved_by=_name_user(report.resolved_by),
        )


def _name_user(user: User | None) -> NamedUserOut | None:
    return NamedUserOut.of(user) if user else None
