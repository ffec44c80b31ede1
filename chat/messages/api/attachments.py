"""REST: remove files from messages."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import MessageOut
from chat.messages.services import attachments
from lib.web.openapi import list_problems, show_example

router = Router(tags=["messages"])


@router.delete(
    "/messages/{message_id}/assets/{asset_id}",
    response={200: MessageOut, **list_problems(403)},
    openapi_extra=show_example(MESSAGE | {"version": 59}),
)
def remove_attachment(request: ApiRequest, message_id: UUID, asset_id: UUID) -> MessageOut:
    """Remove a file from a message of your own. One without a text is deleted with its last file."""
    return MessageOut.of(attachments.remove_attachment(actor=request.auth, message_id=message_id, asset_id=asset_id))
