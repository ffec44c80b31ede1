"""REST: pinned messages."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.queries.pins import pins_of
from chat.messages.schemas import MessageOut
from chat.messages.services import pins
from lib.web.openapi import ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

PINNED = MESSAGE | {"version": 58, "pinned_at": MOMENT, "pinned_by": ID}


router = Router(tags=["messages"])


@router.put(
    "/messages/{message_id}/pin", response={200: MessageOut, **list_problems(403)}, openapi_extra=show_example(PINNED)
)
def pin_message(request: ApiRequest, message_id: UUID) -> MessageOut:
    """Pin a message in its room. All members who can write there may."""
    return MessageOut.of(pins.pin_message(actor=request.auth, message_id=message_id))


@router.delete(
    "/messages/{message_id}/pin",
    response={200: MessageOut, **list_problems(403)},
    openapi_extra=show_example(MESSAGE | {"version": 59}),
)
def unpin_message(request: ApiRequest, message_id: UUID) -> MessageOut:
    """Unpin a message, no matter which member pinned it."""
    return MessageOut.of(pins.unpin_message(actor=request.auth, message_id=message_id))


@router.get("/rooms/{room_id}/pins", response=Page[MessageOut], openapi_extra=show_example(wrap_page(PINNED)))
def list_pins(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[MessageOut]:
    """List the pinned messages of a room, the latest message first."""
    messages = pins_of(user=request.auth, room_id=room_id)
    return paginate(messages, page, MessageOut.of, newest_first=True)
