"""Who may write in a room, kept in memory and exact: the room's row says when the answer is out of date."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from accounts.models import new_id
from chat.models import Room, RoomMember

CAPACITY = 1024

_kept: OrderedDict[UUID, tuple[UUID, frozenset[UUID]]] = OrderedDict()


def writers_of(room: Room) -> frozenset[UUID]:
    """The ids of those who may write in a room whose row was just read. One query after a change, none otherwise."""
    kept = _kept.get(room.pk)
    if kept is None or kept[0] != room.access_stamp:
        members = RoomMember.objects.writing().filter(room=room.pk).values_list("user", flat=True)
        kept = (room.access_stamp, frozenset(members))
        _kept[room.pk] = kept
        if len(_kept) > CAPACITY:
            _kept.popitem(last=False)
    return kept[1]


def forget_writers(*room_ids: UUID) -> None:
    """Call in the transaction that changes who may write: every process sees the new stamp with the new rows."""
    Room.objects.filter(pk__in=room_ids).update(access_stamp=new_id())
