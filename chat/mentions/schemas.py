"""Mentions, as REST answers carry them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from chat.mentions.suggestions import Suggestion


class SuggestionOut(BaseModel):
    """What may be written after an `@`."""

    kind: Literal["user"]
    id: UUID
    handle: str = Field(description="What to write after the `@`.")
    name: str
    avatar_url: str | None
    is_in_room: bool = Field(description="Those who are not in the room are not told.")

    @classmethod
    def of(cls, suggestion: Suggestion) -> SuggestionOut:
        """Return the shape of a suggestion."""
        user = suggestion.user
        return cls(
            kind="user",
            id=user.pk,
            handle=user.username,
            name=user.name,
            avatar_url=user.avatar_url,
            is_in_room=suggestion.is_in_room,
        )


class SuggestionList(BaseModel):
    items: list[SuggestionOut]
