"""Reminders, as REST answers and events carry them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from chat.messages.schemas import MessageOut
from chat.models import MAX_NOTE, Reminder
from lib.web.schemas import LEFT_OUT, Timestamp

ZoneName = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Note = Annotated[str, StringConstraints(max_length=MAX_NOTE, strip_whitespace=True, pattern=r"^[^\x00]*$")]
REMIND_AT = (
    "An instant (`2026-12-01T09:00:00+01:00`) or, without an offset, what the clock shows in `time_zone`. Between a "
    "minute and a year ahead."
)
TIME_ZONE = "As IANA names it; your own where it is left out."


class ReminderOut(BaseModel):
    """A reminder of yours."""

    id: UUID
    organisation: str = Field(description="Its slug.")
    room_id: UUID | None = Field(description="Where the message is, or where the reminder was made.")
    message: MessageOut | None = Field(description="Null where it is of a note, and once you can't see the message.")
    is_of_message: bool = Field(description="True, with `message` null: it was deleted, or you no longer see it.")
    note: str
    remind_at: Timestamp
    wall_time: str = Field(description="What the clock shows then in `time_zone`.")
    time_zone: str = Field(description="The one in which the time was chosen. Moving to another does not change it.")
    reminded_at: Timestamp | None = Field(description="When you were told; null while it waits.")

    @classmethod
    def of(cls, reminder: Reminder) -> ReminderOut:
        """Return the shape of a reminder loaded `for_reader`."""
        message = reminder.message if reminder.is_message_visible else None
        return cls.model_construct(
            id=reminder.pk,
            organisation=reminder.organisation.slug,
            room_id=reminder.room_id if reminder.is_room_visible else None,
            message=MessageOut.of(message) if message is not None else None,
            is_of_message=reminder.is_of_message,
            note=reminder.note,
            remind_at=reminder.remind_at,
            wall_time=reminder.wall_time,
            time_zone=reminder.time_zone,
            reminded_at=reminder.reminded_at,
        )


class ReminderTimeIn(BaseModel):
    remind_at: datetime = Field(description=REMIND_AT, examples=["2026-12-01T09:00:00"])
    time_zone: ZoneName | None = Field(default=None, description=TIME_ZONE)


class MessageReminderIn(ReminderTimeIn):
    note: Note = Field(default="", description="What you want to be told with it.")


class ReminderIn(ReminderTimeIn):
    note: Note = Field(description="What you want to be told. It may be empty where the reminder leads to a room.")
    room_id: UUID | None = Field(default=None, description="The room that the reminder leads to.")


class ReminderPatch(BaseModel):
    remind_at: datetime = Field(default=LEFT_OUT, description=REMIND_AT, examples=["2026-12-01T09:00:00"])
    time_zone: ZoneName = Field(default=LEFT_OUT, description=f"Of `remind_at`. {TIME_ZONE}")
    note: Note = LEFT_OUT
