"""What was put on messages, to be found again."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.models import Message, Room


def pins_of(*, user: User, room_id: UUID) -> QuerySet[Message]:
    """The pinned messages of a visible room, with who wrote and who pinned them."""
    room = Room.objects.visible_to(user).only("pk").get(pk=room_id)
    found: QuerySet[Message] = Message.objects.pinned().filter(room=room).for_rendering().select_related("pinned_by")
    return found
