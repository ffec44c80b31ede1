"""Find the rooms that a user's notifications are about."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from accounts.models import User
from chat.models import Room
from chat.room_names import name_rooms
from notifications.models import Notification

# In the menu by which the list is filtered.
MAX_PLACES = 50


class Place(NamedTuple):
    """A room, as its reader calls it."""

    id: UUID
    name: str
    organisation: str


def list_places(user: User) -> list[Place]:
    """Return the rooms of a user that their notifications are about, by organisation and name. Two queries."""
    places = Notification.objects.received_by(user).exclude(place=None).values("place")
    rooms = list(
        Room.objects.joined_by(user)
        .filter(pk__in=places)
        .select_related("organisation")
        .order_by("organisation__folded_name", "organisation", "folded_name")[:MAX_PLACES]
    )
    names = name_rooms(rooms, user)
    return [Place(room.pk, names[room.pk], room.organisation.name) for room in rooms]
