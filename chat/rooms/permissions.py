"""Decide who may change a room and who may write in it.

Writers are cached in memory by room. The cache is exact: the room's row carries a stamp that changes with the answer.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User, new_id
from chat.models import Room, RoomMember
from lib.cache import LRUCache

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_writers: LRUCache[UUID, tuple[UUID, frozenset[UUID]]] = LRUCache(1024)


def writers_of(room: Room) -> frozenset[UUID]:
    """Return the ids of the users who may write in a room whose row was just read. One query, only after a change."""
    cached = _writers.get(room.pk)
    if cached is None or cached[0] != room.access_stamp:
        members = RoomMember.objects.allowed_to_write().filter(room=room.pk).values_list("user", flat=True)
        cached = (room.access_stamp, frozenset(members))
        _writers.put(room.pk, cached)
    return cached[1]


def require_room_admin(actor: User, room: Room) -> None:
    """Raise PermissionDenied for a user who can see a room but not administer it."""
    if not Room.objects.administered_by(actor).filter(pk=room.pk).exists():
        raise PermissionDenied(_("Only admins of the room can do that."))


def users_visible_to(own: Membership, user_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these users a member may open rooms with: a guest only those they share a room with already."""
    if own.role != Membership.Role.GUEST:
        return set(user_ids)
    acquaintances = RoomMember.objects.sharing_with(own.user_id, own.organisation_id).filter(user__in=user_ids)
    return {own.user_id, *acquaintances.values_list("user", flat=True)}


def require_may_leave(room: Room, user_id: UUID, refusal: StrOrPromise) -> None:
    """Raise PermissionDenied for the end of a membership of `general`, unless it is a guest's."""
    if not room.is_general:
        return
    guests = Membership.objects.filter(organisation=room.organisation_id, role=Membership.Role.GUEST)
    if not guests.filter(user=user_id).exists():
        raise PermissionDenied(refusal)


def invalidate_writers(*room_ids: UUID) -> None:
    """Give rooms a new stamp, in the transaction that changes who may write: all processes see it with the new rows."""
    Room.objects.filter(pk__in=room_ids).update(access_stamp=new_id())


GENERAL_STAYS = _("Everybody is in this channel: it stays.")
