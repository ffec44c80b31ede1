"""Mentions, as REST answers carry them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from chat.mentions.suggestions import Suggestion
from chat.messages.schemas import MessageOut, MessageText
from chat.models import Message
from lib.web.schemas import Timestamp


class SuggestionOut(BaseModel):
    """What may be written after an `@`."""

    kind: Literal["user", "group", "room", "here"]
    handle: str = Field(description="What to write after the `@`.")
    id: UUID | None = Field(description="Of a user.")
    name: str | None = Field(description="Of a user or a group.")
    avatar_url: str | None
    is_in_room: bool = Field(description="Those who are not in the room are not told.")
    user_count: int = Field(
        description="How many users it tells: of a group those in the room, of `@here` those connected now."
    )

    @classmethod
    def of(cls, suggestion: Suggestion) -> SuggestionOut:
        """Return the shape of a suggestion."""
        user = suggestion.user
        return cls.model_construct(
            kind=suggestion.kind,
            handle=suggestion.handle,
            id=user.pk if user else None,
            name=user.name if user else suggestion.name or None,
            avatar_url=user.avatar_url if user else None,
            is_in_room=suggestion.is_in_room,
            user_count=suggestion.user_count,
        )


class SuggestionList(BaseModel):
    items: list[SuggestionOut]


class MentionOut(BaseModel):
    """A message that mentions you."""

    message: MessageOut
    is_unread: bool
    is_broadcast: bool = Field(description="It does so by `@room` or `@here` alone.")
    created_at: Timestamp

    @classmethod
    def of(cls, message: Message) -> MentionOut:
        """Return the shape of a message from `list_mentions`."""
        return cls.model_construct(
            message=MessageOut.of(message),
            is_unread=message.is_unread,  # type: ignore[attr-defined]
            is_broadcast=message.is_broadcast,  # type: ignore[attr-defined]
            created_at=message.mentioned_at,  # type: ignore[attr-defined]
        )


class ReachIn(BaseModel):
    """A message that is not sent yet."""

    content: MessageText
    thread_id: UUID | None = None
    also_in_room: bool = False


class ReachOut(BaseModel):
    """Whom `@room` or `@here` in a message would tell."""

    broadcast: Literal["room", "here"] | None = Field(description="Null where it names neither, or you are a guest.")
    user_count: int
