"""What people put on messages: reactions, pins, bookmarks."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Path, Query, Router, Status

from accounts.auth import ApiRequest
from accounts.openapi import ID, MOMENT, example, list_of, problems
from accounts.pagination import PageQuery, paginate
from accounts.schemas import Page, Slug
from chat import schemas as shapes
from chat.api.messages import MESSAGE
from chat.models import Bookmark
from chat.selectors import pins_of
from chat.services import bookmarks, pins, reactions

router = Router(tags=["messages"])

Emoji = Annotated[str, Path(description="A single emoji, percent-encoded: `%F0%9F%91%8D`.", example="👍")]

REACTED = MESSAGE | {"version": 58, "reactions": [{"emoji": "👍", "count": 1, "user_ids": [ID]}]}
PINNED = MESSAGE | {"version": 58, "pinned_at": MOMENT, "pinned_by": ID}


@router.put(
    "/messages/{message_id}/reactions/{emoji}",
    response={200: shapes.MessageOut, **problems(403)},
    openapi_extra=example(REACTED),
)
def add_reaction(request: ApiRequest, message_id: UUID, emoji: Emoji) -> shapes.MessageOut:
    """Put an emoji under a message, at most 20 different ones by all together. Repeating it changes nothing."""
    message = reactions.add_reaction(actor=request.auth, message_id=message_id, emoji=emoji)
    return shapes.MessageOut.of(message)


@router.delete(
    "/messages/{message_id}/reactions/{emoji}",
    response={200: shapes.MessageOut, **problems(403)},
    openapi_extra=example(MESSAGE | {"version": 59}),
)
def remove_reaction(request: ApiRequest, message_id: UUID, emoji: Emoji) -> shapes.MessageOut:
    """Take one's own emoji back. Where there is none this changes nothing."""
    message = reactions.remove_reaction(actor=request.auth, message_id=message_id, emoji=emoji)
    return shapes.MessageOut.of(message)


@router.put(
    "/messages/{message_id}/pin", response={200: shapes.MessageOut, **problems(403)}, openapi_extra=example(PINNED)
)
def pin_message(request: ApiRequest, message_id: UUID) -> shapes.MessageOut:
    """Keep a message at hand for everybody in its room. Whoever can write there may."""
    return shapes.MessageOut.of(pins.pin_message(actor=request.auth, message_id=message_id))


@router.delete(
    "/messages/{message_id}/pin",
    response={200: shapes.MessageOut, **problems(403)},
    openapi_extra=example(MESSAGE | {"version": 59}),
)
def unpin_message(request: ApiRequest, message_id: UUID) -> shapes.MessageOut:
    """Let a pinned message go again, whoever pinned it."""
    return shapes.MessageOut.of(pins.unpin_message(actor=request.auth, message_id=message_id))


@router.get("/rooms/{room_id}/pins", response=Page[shapes.MessageOut], openapi_extra=example(list_of(PINNED)))
def list_pins(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[shapes.MessageOut]:
    """The pinned messages of a room, the latest message first."""
    found = pins_of(user=request.auth, room_id=room_id)
    return paginate(found, page, shapes.MessageOut.of, newest_first=True)


@router.put("/messages/{message_id}/bookmark", response={204: None})
def bookmark_message(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Save a message for oneself. Nobody else learns of it, and it need not be in a room that one can write in."""
    bookmarks.bookmark_message(actor=request.auth, message_id=message_id)
    return Status(204, None)


@router.delete("/messages/{message_id}/bookmark", response={204: None})
def remove_bookmark(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Forget a saved message. Where it was not saved this changes nothing."""
    bookmarks.remove_bookmark(actor=request.auth, message_id=message_id)
    return Status(204, None)


@router.get(
    "/me/bookmarks",
    response=Page[shapes.BookmarkOut],
    openapi_extra=example(list_of({"message": MESSAGE, "created_at": MOMENT})),
)
def list_bookmarks(
    request: ApiRequest, page: Query[PageQuery], org: Slug | None = None, room: UUID | None = None
) -> Page[shapes.BookmarkOut]:
    """What one has saved and can still see, saved last first; of one organisation or one room where that is given."""
    found = Bookmark.objects.of(request.auth).within(organisation=org, room=room).for_rendering()
    return paginate(found, page, shapes.BookmarkOut.of, newest_first=True)
