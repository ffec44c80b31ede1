"""Drafts, as REST answers and events carry them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from chat.excerpts import cut_excerpt
from chat.messages.schemas import MessageText
from chat.models import Message, StoredDraft
from lib.web.schemas import Timestamp


class QuoteOut(BaseModel):
    """The message that a draft answers: its author's name, and how it begins."""

    id: UUID
    name: str
    excerpt: str

    @classmethod
    def of(cls, origin: Message) -> QuoteOut:
        """Return the shape of a message whose author is loaded."""
        return cls.model_construct(id=origin.pk, name=origin.author.name, excerpt=cut_excerpt(origin.html))


class DraftOut(BaseModel):
    """What you have typed in a room or thread and not sent."""

    room_id: UUID
    thread_id: UUID | None = Field(description="The message in whose thread it is a reply.")
    reply_to: UUID | None
    quote: QuoteOut | None = Field(description="Null where it answers none, or one that you no longer see.")
    content: str
    is_writable: bool = Field(description="False once you can't write in the room any more.")
    updated_at: Timestamp

    @classmethod
    def of(cls, draft: StoredDraft) -> DraftOut:
        """Return the shape of a draft loaded `for_reader`."""
        origin = draft.reply_to
        is_quoted = origin is not None and draft.is_visible and not origin.is_deleted
        return cls.model_construct(
            room_id=draft.room_id,
            thread_id=draft.thread_id,
            reply_to=draft.reply_to_id,
            quote=QuoteOut.of(origin) if origin is not None and is_quoted else None,
            content=draft.content,
            is_writable=draft.is_writable,
            updated_at=draft.updated_at,
        )


class DraftIn(BaseModel):
    content: MessageText
    reply_to: UUID | None = None
    thread_id: UUID | None = Field(default=None, description="Keep it for the thread of this message.")
