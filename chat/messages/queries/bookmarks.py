"""What was put on messages, to be found again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organisation, User
from chat.models import Bookmark, Message
from chat.sidebar.queries import direct_name, others_in

PAGE = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved message, and what one calls its room."""

    id: UUID
    message: Message
    room_name: str


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Saved last first; `older` is the `before` of the next page."""

    items: list[Saved]
    older: UUID | None


def saved_by(*, user: User, organisation: Organisation, before: UUID | None = None) -> SavedPage:
    """What one has saved in an organisation. Two queries."""
    bookmarks = Bookmark.objects.of(user).within(organisation=organisation.slug).for_rendering()
    if before:
        bookmarks = bookmarks.filter(pk__lt=before)
    found = list(bookmarks.select_related("message__room").order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    rooms = {bookmark.message.room for bookmark in shown}
    others = others_in([room.pk for room in rooms if room.is_direct], user)
    names = {room.pk: direct_name(others.get(room.pk, []), user) if room.is_direct else room.name for room in rooms}
    items = [Saved(bookmark.pk, bookmark.message, names[bookmark.message.room_id]) for bookmark in shown]
    return SavedPage(items, older=items[-1].id if len(found) > PAGE else None)
