"""Find the messages that a user has bookmarked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organisation, User
from chat.models import Bookmark, Message
from chat.room_names import name_rooms

PAGE = 50


@dataclass(frozen=True, slots=True)
class BookmarkedMessage:
    """A bookmarked message, and the name of its room as its reader sees it."""

    id: UUID
    message: Message
    room_name: str


@dataclass(frozen=True, slots=True)
class BookmarkPage:
    """Bookmarked messages, the last bookmarked first; `older` is the `before` of the next page."""

    items: list[BookmarkedMessage]
    older: UUID | None


def bookmarks_of(*, user: User, organisation: Organisation, before: UUID | None = None) -> BookmarkPage:
    """Return a page of the messages that a user has bookmarked in an organisation. Two queries."""
    bookmarks = Bookmark.objects.visible_to(user).within(organisation=organisation.slug).for_rendering()
    if before:
        bookmarks = bookmarks.filter(pk__lt=before)
    rows = list(bookmarks.select_related("message__room").order_by("-pk")[: PAGE + 1])
    on_page = rows[:PAGE]
    rooms = {bookmark.message.room for bookmark in on_page}
    names = name_rooms(rooms, user)
    items = [BookmarkedMessage(bookmark.pk, bookmark.message, names[bookmark.message.room_id]) for bookmark in on_page]
    return BookmarkPage(items, older=items[-1].id if len(rows) > PAGE else None)
