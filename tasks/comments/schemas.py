"""Comments, as REST takes and answers them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from chat.messages.schemas import AssetIds, ClientId, MessageOut, MessageText


class CommentPageOut(BaseModel):
    """A part of the comments on a task."""

    items: list[MessageOut] = Field(description="Replies to the card of the task.")
    next_cursor: str | None
    card_id: UUID | None = Field(description="The message whose thread they are; null before the first one.")


class CommentIn(BaseModel):
    content: MessageText = Field(default="", description="May be empty beside files.")
    client_id: ClientId | None = None
    asset_ids: AssetIds = Field(default=[], description="Files that you see in the organisation, in order.")
