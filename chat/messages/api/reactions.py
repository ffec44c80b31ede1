"""REST: reactions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Path, Router

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import MessageOut
from chat.messages.services import reactions
from lib.web.openapi import ID, list_problems, show_example

REACTED = MESSAGE | {"version": 58, "reactions": [{"emoji": "👍", "count": 1, "user_ids": [ID]}]}
Emoji = Annotated[
    str, Path(description="An emoji, percent-encoded: `%F0%9F%91%8D`, or the `:name:` of any.", example="👍")
]

router = Router(tags=["messages"])


@router.put(
    "/messages/{message_id}/reactions/{emoji}",
    response={200: MessageOut, **list_problems(403)},
    openapi_extra=show_example(REACTED),
)
def add_reaction(request: ApiRequest, message_id: UUID, emoji: Emoji) -> MessageOut:
    """Put an emoji under a message, at most 20 different ones by all users together. Repeating it changes nothing."""
    message = reactions.add_reaction(actor=request.auth, message_id=message_id, emoji=emoji)
    return MessageOut.of(message)


@router.delete(
    "/messages/{message_id}/reactions/{emoji}",
    response={200: MessageOut, **list_problems(403)},
    openapi_extra=show_example(MESSAGE | {"version": 59}),
)
def remove_reaction(request: ApiRequest, message_id: UUID, emoji: Emoji) -> MessageOut:
    """Take your own emoji back. Where there is none this changes nothing."""
    message = reactions.remove_reaction(actor=request.auth, message_id=message_id, emoji=emoji)
    return MessageOut.of(message)
