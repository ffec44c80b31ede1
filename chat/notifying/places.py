"""Answer for rooms as places of notifications: what members want to hear of them, and what they are called."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from accounts.models import User, new_id
from chat.models import Room
from chat.notifying.attention import load_attention as load_room_attention
from chat.room_names import name_rooms
from lib.db.counts import change_count
from notifications.places import Attention, Pair, PlaceName


def load_attention(pairs: Collection[Pair]) -> dict[Pair, Attention]:
    """Return how much of rooms their members want to hear; pairs that are no membership are left out. One query."""
    levels = load_room_attention(direct_ids=(), pairs=pairs)
    return {pair: level for pair, level in levels.items() if pair in pairs}


def name_places(place_ids: Collection[UUID], reader: User) -> dict[UUID, PlaceName]:
    """Return what rooms are called that a reader is in, direct ones by who else is in them. Two queries at most."""
    rooms = list(Room.objects.joined_by(reader).filter(pk__in=place_ids))
    names = name_rooms(rooms, reader)
    return {room.pk: PlaceName(names[room.pk], room.get_absolute_url()) for room in rooms}


def listening_changed(*, user_id: UUID | None = None, organisation_id: UUID | None = None) -> None:
    """Let all processes ask anew, with the next message of each room, what a user or an organisation’s members hear."""
    rooms = Room.objects.filter(organisation=organisation_id) if organisation_id else Room.objects.all()
    if user_id:
        rooms = rooms.filter(members__user=user_id)
    room_ids = list(rooms.values_list("pk", flat=True))
    change_count(Room, "member_count", 0, ids=room_ids, access_stamp=new_id())
