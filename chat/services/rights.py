"""Who may change a room, and who may write in it: that is kept in memory and exact, for the room's row says when the
answer is out of date.
"""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from django.core.exceptions import PermissionDenied

from accounts.models import User, new_id
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


def require_room_admin(actor: User, room: Room) -> None:
    """Refuse whoever sees a room and may not change it."""
    if not Room.objects.administered_by(actor).filter(pk=room.pk).exists():
        raise PermissionDenied("Only admins of the room can do that.")


def forget_writers(*room_ids: UUID) -> None:
    """Call in the transaction that changes who may write: every process sees the new stamp with the new rows."""
    Room.objects.filter(pk__in=room_ids).update(access_stamp=new_id())
