"""Find saved messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organisation, User
from chat.models import Bookmark, Message
from chat.room_names import direct_name, other_members_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class SavedMessage:
    """A saved message, and the name of its room as its reader sees it."""

    id: UUID
    message: Message
    room_name: str


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Saved messages, saved last first; `older` is the `before` of the next page."""

    items: list[SavedMessage]
    older: UUID | None


def saved_messages_of(*, user: User, organisation: Organisation, before: UUID | None = None) -> SavedPage:
    """Return a page of the messages that a user has saved in an organisation. Two queries."""
    bookmarks = Bookmark.objects.visible_to(user).within(organisation=organisation.slug).for_rendering()
    if before:
        bookmarks = bookmarks.filter(pk__lt=before)
    rows = list(bookmarks.select_related("message__room").order_by("-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    rooms = {bookmark.message.room for bookmark in shown}
    others = other_members_of([room.pk for room in rooms if room.is_direct], user)
    names = {room.pk: direct_name(others.get(room.pk, []), user) if room.is_direct else room.name for room in rooms}
    items = [SavedMessage(bookmark.pk, bookmark.message, names[bookmark.message.room_id]) for bookmark in shown]
    return SavedPage(items, older=items[-1].id if len(rows) > PAGE else None)
