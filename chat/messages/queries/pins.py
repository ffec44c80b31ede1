"""Find pinned messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.messages.queries.bookmarks import PAGE
from chat.models import Message, Room


@dataclass(frozen=True, slots=True)
class PinsPage:
    """Pinned messages with who pinned them, the latest message first; `older` is the `before` of the next page."""

    items: list[Message]
    older: UUID | None


def pins_of(*, user: User, room_id: UUID) -> QuerySet[Message]:
    """The pinned messages of a visible room."""
    return _pinned(Room.objects.visible_to(user).only("pk").get(pk=room_id))


def pins_page(room: Room, *, before: UUID | None = None) -> PinsPage:
    """What is pinned in a room that one sees. One query."""
    pinned = _pinned(room).select_related("pinned_by")
    if before:
        pinned = pinned.filter(pk__lt=before)
    found = list(pinned.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return PinsPage(shown, older=shown[-1].pk if len(found) > PAGE else None)


def _pinned(room: Room) -> QuerySet[Message]:
    found: QuerySet[Message] = Message.objects.pinned().filter(room=room).for_rendering()
    return found
