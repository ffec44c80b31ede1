"""Who may change a room, and who may write in it: that is kept in memory and exact, for the room's row says when the
answer is out of date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User, new_id
from chat.models import Room, RoomMember

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
pass

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
        raise PermissionDenied(_("Only admins of the room can do that."))


def known_to(own: Membership, user_ids: Collection[UUID]) -> set[UUID]:
    """Whom of these a member may bring together: a guest only those they share a room with already."""
    if own.role != Membership.Role.GUEST:
        return set(user_ids)
    met = RoomMember.objects.sharing_with(own.user_id, own.organisation_id).filter(user__in=user_ids)
    return {own.user_id, *met.values_list("user", flat=True)}


def keep_in_general(room: Room, user_id: UUID, refusal: StrOrPromise) -> None:
    """Refuse to end a place in `general`, but a guest's: only they are not in it by themselves."""
    if not room.is_general:
        return
    guests = Membership.objects.filter(organisation=room.organisation_id, role=Membership.Role.GUEST)
    if not guests.filter(user=user_id).exists():
        raise PermissionDenied(refusal)


def forget_writers(*room_ids: UUID) -> None:
    """Call in the transaction that changes who may write: every process sees the new stamp with the new rows."""
    Room.objects.filter(pk__in=room_ids).update(access_stamp=new_id())


STAYS = _("Everybody is in this channel: it stays.")
