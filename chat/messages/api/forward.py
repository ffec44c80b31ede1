"""REST: forward messages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.message_html import render_message
from chat.messages.schemas import ForwardIn, MessageOut
from chat.messages.services import forward
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example

router = Router(tags=["messages"])

ORIGIN = {
    "message_id": OTHER_ID,
    "author": {name: ALICE[name] for name in ("id", "name", "username")},
    "created_at": MOMENT,
}
FORWARD = MESSAGE | {"forwarded": ORIGIN}


@router.post(
    "/messages/{message_id}/forward",
    response={200: MessageOut, 201: MessageOut, **list_problems(403)},
    openapi_extra=show_example(FORWARD, body={"room_id": ID, "comment": "See this."}, also={201: FORWARD}),
)
def forward_message(request: ApiRequest, message_id: UUID, body: ForwardIn) -> HttpResponse:
    """Post a copy of a message to a room or a user of its organisation; a `comment` is posted before it.

    The copy says who wrote it (`forwarded`). Later edits of the message leave the copy as it is; with the message it is
    deleted. Repeating a `client_id` answers 200 with the first copy.
    """
    posted = forward.forward_message(actor=request.auth, message_id=message_id, **body.model_dump())
    answer = render_message(posted.message).json
    return HttpResponse(answer, status=201 if posted.created else 200, content_type="application/json")
