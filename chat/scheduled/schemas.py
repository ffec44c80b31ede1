"""Messages that are to be sent later, as REST answers and events carry them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from chat.attachments.holding import describe_held
from chat.attachments.schemas import AssetRef
from chat.drafts.schemas import QuoteOut
from chat.messages.schemas import AssetIds, ClientId, MessageOut, MessageText
from chat.models import ScheduledMessage
from lib.web.schemas import LEFT_OUT, Timestamp

ZoneName = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Failure = Literal[
    "deactivated", "second_factor", "room_gone", "not_member", "archived", "thread_gone", "file_gone", "refused"
]
SEND_AT = (
    "An instant (`2026-12-01T09:00:00+01:00`) or, without an offset, what the clock shows in `time_zone`. Between a "
    "minute and a year ahead. Of a time that a clock change leaves out, the one as much later; of one that comes "
    "twice, the first."
)
FILES = "Files that you see in its organisation, in order. They are kept until it is sent, and need no text."
TIME_ZONE = "As IANA names it; your own where it is left out."


class ScheduledOut(BaseModel):
    """A message of yours that is to be sent later."""

    id: UUID
    room_id: UUID | None = Field(description="Null once the room is deleted.")
    thread_id: UUID | None = Field(description="The message in whose thread it is a reply.")
    reply_to: UUID | None
    quote: QuoteOut | None = Field(description="Null where it answers none, or one that you no longer see.")
    also_in_room: bool
    content: str
    asset_ids: list[UUID] = Field(description="Files, in order; one that is not among `assets` is gone for you.")
    assets: list[AssetRef]
    client_id: str = Field(description="The message has it once it is sent.")
    send_at: Timestamp
    wall_time: str = Field(description="What the clock shows then in `time_zone`.")
    time_zone: str = Field(description="The one in which the time was chosen. Moving to another does not change it.")
    state: Literal["waiting", "sending", "failed"]
    failure: Failure | None = Field(description="Why it could not be sent.")
    is_writable: bool = Field(description="False once you can't write in the room any more.")

    @classmethod
    def of(cls, scheduled: ScheduledMessage) -> ScheduledOut:
        """Return the shape of a message loaded `for_reader`."""
        origin = scheduled.reply_to
        is_quoted = origin is not None and scheduled.is_visible and not origin.is_deleted
        return cls.model_construct(
            id=scheduled.pk,
            room_id=scheduled.room_id,
            thread_id=scheduled.thread_id,
            reply_to=scheduled.reply_to_id,
            quote=QuoteOut.of(origin) if origin is not None and is_quoted else None,
            also_in_room=scheduled.also_in_room,
            content=scheduled.content,
            asset_ids=[file.asset_id for file in scheduled.files.all()],
            assets=describe_held(scheduled.files.all()),
            client_id=scheduled.client_id,
            send_at=scheduled.send_at,
            wall_time=scheduled.wall_time,
            time_zone=scheduled.time_zone,
            state=scheduled.state,
            failure=scheduled.failure or None,
            is_writable=scheduled.is_writable,
        )


class ScheduledIn(BaseModel):
    content: MessageText
    send_at: datetime = Field(description=SEND_AT, examples=["2026-12-01T09:00:00"])
    time_zone: ZoneName | None = Field(default=None, description=TIME_ZONE)
    client_id: ClientId | None = Field(default=None, description="Repeating it returns the first one.")
    thread_id: UUID | None = None
    reply_to: UUID | None = None
    also_in_room: bool = False
    asset_ids: AssetIds = Field(default=[], description=FILES)


class ScheduledPatch(BaseModel):
    content: MessageText = LEFT_OUT
    asset_ids: AssetIds = Field(default=LEFT_OUT, description=FILES)
    send_at: datetime = Field(default=LEFT_OUT, description=SEND_AT, examples=["2026-12-01T09:00:00"])
    time_zone: ZoneName = Field(default=LEFT_OUT, description=f"Of `send_at`. {TIME_ZONE}")


class SentOut(BaseModel):
    """What came of sending a message."""

    message: MessageOut | None
    failure: Failure | None = Field(description="Why it was refused.")
