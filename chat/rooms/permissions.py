"""Decide who may change a room and who may write in it.

Writers are cached in memory by room. The cache is exact: the room's row carries a stamp that changes with the answer.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User, new_id
from chat.models import Room, RoomMember
from lib.cache import LRUCache
from lib.db.counts import change_count

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GENERAL_STAYS = _("Everyone is in this channel: it can't be left, archived or deleted.")
ADMINS_ONLY = _("Only admins of the room can do that.")


class Writers(NamedTuple):
    """The ids of the users who may write in a room, exact as long as its row carries this stamp."""

    stamp: UUID
    user_ids: frozenset[UUID]


_writers: LRUCache[UUID, Writers] = LRUCache(1024)


def writers_of(room: Room) -> Writers:
    """Return who may write in a room whose row was just read. One query, only after a change."""
    writers = _writers.get(room.pk)
    if writers is None or writers.stamp != room.access_stamp:
        members = RoomMember.objects.allowed_to_write().filter(room=room.pk).values_list("user", flat=True)
        writers = Writers(room.access_stamp, frozenset(members))
        _writers.put(room.pk, writers)
    return writers


def presumed_writers_of(room_id: UUID, user_ids: Collection[UUID]) -> Writers | None:
    """Return who may write in a room, without a query if the cache holds `user_ids`. None where there is no such room.

    Exact for users who may not. Those who may have just lost the right: compare the stamp when the row is locked.
    """
    writers = _writers.get(room_id)
    if writers is not None and writers.user_ids.issuperset(user_ids):
        return writers
    room = Room.objects.only("pk", "access_stamp").filter(pk=room_id).first()
    return writers_of(room) if room else None


def require_room_admin(actor: User, room: Room, refusal: StrOrPromise = ADMINS_ONLY) -> None:
    """Raise PermissionDenied for a user who can see a room but not administer it."""
    if not Room.objects.administered_by(actor).filter(pk=room.pk).exists():
        raise PermissionDenied(refusal)


def users_visible_to(own: Membership, user_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these users a member may open rooms with: a guest only those they share a room with already."""
    if not own.is_guest:
        return set(user_ids)
    acquaintances = RoomMember.objects.sharing_with(own.user_id, own.organisation_id).filter(user__in=user_ids)
    return {own.user_id, *acquaintances.values_list("user", flat=True)}


def require_may_leave(room: Room, user_id: UUID, refusal: StrOrPromise) -> None:
    """Raise PermissionDenied for the end of a membership of `general`, unless it is a guest's."""
    if not room.is_general:
        return
    guests = Membership.objects.guests().filter(organisation=room.organisation_id)
    if not guests.filter(user=user_id).exists():
        raise PermissionDenied(refusal)


def invalidate_writers(*room_ids: UUID, joined: int = 0) -> None:
    """Give rooms a new stamp, in the transaction that changes who may write: all processes see it with the new rows.

    `joined` is by how much the number of their members has grown.
    """
    change_count(Room, "member_count", joined, ids=room_ids, access_stamp=new_id())
