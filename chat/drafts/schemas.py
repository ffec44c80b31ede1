"""Drafts, as REST answers and events carry them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from chat.attachments.holding import describe_held
from chat.attachments.schemas import AssetRef
from chat.excerpts import describe_message
from chat.messages.schemas import AssetIds, MessageText
from chat.models import MAX_ATTACHMENTS, Message, StoredDraft
from lib.web.schemas import Timestamp


class QuoteOut(BaseModel):
    """The message that a draft answers: its author's name, and how it begins."""

    id: UUID
    name: str
    excerpt: str

    @classmethod
    def of(cls, origin: Message) -> QuoteOut:
        """Return the shape of a message whose author is loaded."""
        return cls.model_construct(id=origin.pk, name=origin.author.name, excerpt=describe_message(origin))


class DraftOut(BaseModel):
    """What you have typed in a room or thread and not sent."""

    room_id: UUID
    thread_id: UUID | None = Field(description="The message in whose thread it is a reply.")
    reply_to: UUID | None
    quote: QuoteOut | None = Field(description="Null where it answers none, or one that you no longer see.")
    content: str
    asset_ids: list[UUID] = Field(description="Files, in order; one that is not among `assets` is gone for you.")
    assets: list[AssetRef]
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
            asset_ids=[file.asset_id for file in draft.files.all()],
            assets=describe_held(draft.files.all()),
            is_writable=draft.is_writable,
            updated_at=draft.updated_at,
        )


class DraftIn(BaseModel):
    content: MessageText
    asset_ids: AssetIds | None = Field(
        default=None, description="Files that you see in its organisation, in order. Left out: those that it has stay."
    )
    seen_asset_ids: list[UUID] | None = Field(
        default=None,
        max_length=2 * MAX_ATTACHMENTS,
        description="The files that it had when you last looked: what another device has added or removed since stays "
        "so. Left out: `asset_ids` replaces them all.",
    )
    reply_to: UUID | None = None
    thread_id: UUID | None = Field(default=None, description="Keep it for the thread of this message.")
