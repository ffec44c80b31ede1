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
    """Pinned messages with the user who pinned each, latest message first; `older` is the `before` of the next page."""

    items: list[Message]
    older: UUID | None


def pins_of(*, user: User, room_id: UUID) -> QuerySet[Message]:
    """Return the pinned messages of a room that a user can see."""
    return _filter_pinned(Room.objects.visible_to(user).only("pk").get(pk=room_id))


def pins_page(room: Room, *, before: UUID | None = None) -> PinsPage:
    """Return a page of the pinned messages of a room. One query."""
    pinned = _filter_pinned(room).select_related("pinned_by")
    if before:
        pinned = pinned.filter(pk__lt=before)
    messages = list(pinned.order_by("-pk")[: PAGE + 1])
    return PinsPage(messages[:PAGE], older=messages[PAGE - 1].pk if len(messages) > PAGE else None)


def _filter_pinned(room: Room) -> QuerySet[Message]:
    messages: QuerySet[Message] = Message.objects.pinned().filter(room=room).for_rendering()
    return messages
