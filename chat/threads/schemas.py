"""Threads, as REST answers carry them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from chat.messages.schemas import MessageOut, Seq
from chat.models import ThreadFollow


class ThreadStateOut(BaseModel):
    """A thread, and how far you have read in it."""

    root_id: UUID
    room_id: UUID
    last_seq: int
    is_following: bool
    last_read_seq: int | None = Field(description="Null where you don't follow it.")
    unread: int = Field(description="0 where you don't follow it.")


class ThreadPageOut(BaseModel):
    """Replies in ascending `thread_seq`, the message that they answer, and how far you have read."""

    items: list[MessageOut]
    next_cursor: str | None
    root: MessageOut
    thread: ThreadStateOut


class FollowedThreadOut(BaseModel):
    """A thread that you follow, with the message that began it."""

    root: MessageOut
    thread: ThreadStateOut

    @classmethod
    def of(cls, follow: ThreadFollow) -> FollowedThreadOut:
        """Return the shape of a follow loaded `for_inbox`."""
        thread = follow.thread
        state = ThreadStateOut.model_construct(
            root_id=thread.pk,
            room_id=thread.room_id,
            last_seq=thread.last_seq,
            is_following=True,
            last_read_seq=follow.last_read_seq,
            unread=thread.last_seq - follow.last_read_seq,
        )
        return cls.model_construct(root=MessageOut.of(thread.root), thread=state)


class ThreadReadIn(BaseModel):
    seq: Seq


class ThreadReadOut(BaseModel):
    unread: int
    mentions: int
