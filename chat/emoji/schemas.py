"""Emoji of organisations, as REST answers and events carry them."""

from __future__ import annotations

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


class EmojiPatch(BaseModel):
    aliases: list[str] = Field(
        description=f"All further names: 2 to {MAX_EMOJI_NAME} letters, digits, `_`, `-` or `+` each.", max_length=20
    )
