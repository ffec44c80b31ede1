"""Time entries, as REST answers carry them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from accounts.schemas import UserOut
from lib.web.schemas import LEFT_OUT, Moment, Page, Timestamp
from tasks.models import TimeEntry

DAY = 86_400
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=250)]
Spent = Annotated[int, Field(ge=1, le=DAY, description="In seconds, 24 hours at most.")]


class TimeEntryOut(BaseModel):
    """Time that a user has spent on a task."""

    id: UUID
    task_id: UUID
    user: UserOut
    started_at: Timestamp
    ended_at: Timestamp | None = Field(description="Null: the timer is running.")
    seconds: int = Field(description="0 while the timer is running.")
    note: str

    @classmethod
    def of(cls, entry: TimeEntry) -> TimeEntryOut:
        """Return the shape of an entry whose user is loaded."""
        return cls.model_construct(
            id=entry.pk,
            task_id=entry.task_id,
            user=UserOut.of(entry.user),
            started_at=entry.started_at,
            ended_at=entry.ended_at,
            seconds=entry.seconds,
            note=entry.note,
        )


class TimeEntryPage(Page[TimeEntryOut]):
    """Part of the entries of a task, and the sum of all of them."""

    time_spent: int = Field(description="Of all entries that have ended, in seconds.")


class TimeEntryIn(BaseModel):
    started_at: Moment
    seconds: Spent
    note: Note = ""


class TimeEntryPatch(BaseModel):
    started_at: Moment = LEFT_OUT
    seconds: Spent = LEFT_OUT
    note: Note = LEFT_OUT
