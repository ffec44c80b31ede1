"""REST: remove previews of links."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Path, Router

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import MessageOut
from chat.messages.services import previews
from lib.web.openapi import list_problems, show_example

router = Router(tags=["messages"])


@router.delete(
    "/messages/{message_id}/previews/{index}",
    response={200: MessageOut, **list_problems(403)},
    openapi_extra=show_example(MESSAGE | {"version": 59}),
)
def remove_preview(request: ApiRequest, message_id: UUID, index: Annotated[int, Path(ge=0, le=9)]) -> MessageOut:
    """Remove one of the previews below a message of your own, counted from 0. It stays away after edits."""
    return MessageOut.of(previews.remove_preview(actor=request.auth, message_id=message_id, index=index))
