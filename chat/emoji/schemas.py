"""Emoji of organisations and reactions, as REST answers and events carry them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from chat.emoji.names import build_picture_url
from chat.models import MAX_EMOJI_NAME, CustomEmoji
from lib.web.schemas import Timestamp


class EmojiOut(BaseModel):
    """An emoji that a member of the organisation has added."""

    id: UUID
    name: str = Field(description="Write it between colons.", examples=["party_boat"])
    aliases: list[str] = Field(description="Further names, which mean the same.")
    image_url: str
    is_animated: bool
    created_by: UUID | None = Field(description="The user who may delete it beside administrators.")
    created_at: Timestamp

    @classmethod
    def of(cls, emoji: CustomEmoji) -> EmojiOut:
        """Return the shape of an emoji whose names are loaded."""
        return cls.model_construct(
            id=emoji.pk,
            name=emoji.name,
            aliases=emoji.aliases,
            image_url=build_picture_url(emoji.pk),
            is_animated=emoji.is_animated,
            created_by=emoji.created_by_id,
            created_at=emoji.created_at,
        )


class ReactionOut(BaseModel):
    """The users who have put an emoji under a message, the first one first."""

    emoji: str = Field(description="An emoji, or the `:name:` of one of the organisation's own.")
    count: int
    user_ids: list[UUID]
    # Left out of the emoji of Unicode.
    image_url: str | None = Field(default=None, exclude_if=lambda url: url is None)

    @classmethod
    def of(cls, shown: dict[str, Any]) -> ReactionOut:
        """Return the shape of an entry of `Message.reactions`."""
        ids, custom_id = [UUID(user_id) for user_id in shown["user_ids"]], shown.get("custom_id")
        picture = build_picture_url(custom_id) if custom_id else None
        return cls.model_construct(emoji=shown["emoji"], count=len(ids), user_ids=ids, image_url=picture)


class EmojiPatch(BaseModel):
    aliases: list[str] = Field(
        description=f"All further names: 2 to {MAX_EMOJI_NAME} letters, digits, `_`, `-` or `+` each.", max_length=20
    )
