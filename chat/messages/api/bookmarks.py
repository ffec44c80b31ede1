"""REST: saved messages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Path, Query, Router, Status

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import BookmarkOut
from chat.messages.services import bookmarks
from chat.models import Bookmark
from lib.web.openapi import MOMENT, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug

router = Router(tags=["messages"])


Emoji = Annotated[str, Path(description="A single emoji, percent-encoded: `%F0%9F%91%8D`.", example="👍")]


@router.put("/messages/{message_id}/bookmark", response={204: None})
def bookmark_message(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Save a message for yourself. No other user can see it, and you need not be able to write in its room."""
    bookmarks.bookmark_message(actor=request.auth, message_id=message_id)
    return Status(204, None)


@router.delete("/messages/{message_id}/bookmark", response={204: None})
def remove_bookmark(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Remove a message from those you saved. Where it was not saved this changes nothing."""
    bookmarks.remove_bookmark(actor=request.auth, message_id=message_id)
    return Status(204, None)


@router.get(
    "/me/bookmarks",
    response=Page[BookmarkOut],
    openapi_extra=show_example(wrap_page({"message": MESSAGE, "created_at": MOMENT})),
)
def list_bookmarks(
    request: ApiRequest, page: Query[PageQuery], org: Slug | None = None, room: UUID | None = None
) -> Page[BookmarkOut]:
    """List your saved messages that you can still see, saved last first; of one organisation or room where given."""
    bookmarks = Bookmark.objects.visible_to(request.auth).within(organisation=org, room=room).for_rendering()
    return paginate(bookmarks, page, BookmarkOut.of, newest_first=True)
