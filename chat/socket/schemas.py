"""Define the frames that clients send."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from chat.messages.schemas import MessageIn, ReadIn


class SendFrame(MessageIn):
    """Frame `message.send`."""

    room: UUID


class TypingFrame(BaseModel):
    """Frame `typing`; with `thread_id` in a thread."""

    room: UUID
    thread_id: UUID | None = None
    state: Literal["start", "stop"]


class ReadFrame(ReadIn):
    """Frame `read`."""

    room: UUID


class PresenceFrame(BaseModel):
    """Frame `presence`; `room` is the one that the user is looking at on this device, None for none."""

    state: Literal["active", "away", "busy"]
    room: UUID | None = None
