"""Tell, without asking the database of most messages, whether a room has members who are told of every message in it.

Kept in memory by room as long as its row carries a stamp, like its keywords: a user or an organisation that chooses
otherwise changes the stamps of their rooms.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chat.models import Room, RoomMember
from chat.notifying.names import MESSAGE
from lib.cache import LRUCache
from notifications.models import NotificationDefaults


class Checked(NamedTuple):
    """Whether any member of a room is told of every message, for as long as its row carries a stamp."""

    stamp: UUID
    has_listeners: bool


_checked: LRUCache[UUID, Checked] = LRUCache(4096)


def has_listeners(room: Room) -> bool:
    """Tell whether a member of a room, whose row is locked, is pushed or mailed every message. One query per stamp."""
    checked = _checked.get(room.pk)
    if checked is None or checked.stamp != room.access_stamp:
        checked = Checked(room.access_stamp, _find_listeners(room))
        _checked.put(room.pk, checked)
    return checked.has_listeners


def _find_listeners(room: Room) -> bool:
    members = RoomMember.objects.filter(_wants_messages("user__notification_settings__"), room=OuterRef("pk"))
    suggestions = NotificationDefaults.objects.filter(_wants_messages(), organisation=OuterRef("organisation"))
    return Room.objects.filter(Exists(members) | Exists(suggestions), pk=room.pk).exists()


def _wants_messages(path: str = "") -> Q:
    choice = f"{path}choices__{MESSAGE}__"
    return Q(**{f"{choice}push": True}) | Q(**{f"{choice}mail": True})
