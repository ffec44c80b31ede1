"""Read marks that were moved together, as REST answers carry them: from where to where."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from chat.messages.schemas import Seq


class RoomMark(BaseModel):
    """A read mark in a room, before and after it was moved."""

    room_id: UUID
    before: Seq
    after: Seq


class ThreadMark(BaseModel):
    """A read mark in a thread, before and after it was moved."""

    root_id: UUID
    before: Seq
    after: Seq


class MovedMarks(BaseModel):
    """The read marks that were moved: what is needed to move them back."""

    rooms: Annotated[list[RoomMark], Field(max_length=10_000)]
    threads: Annotated[list[ThreadMark], Field(max_length=10_000)]
