"""Decide who may change a room and who may write in it.

Writers are cached in memory by room. The cache is exact: the room's row carries a stamp that changes with the answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User, new_id
from chat.models import Room, RoomMember
from chat.models.rooms import RoomMemberQuerySet
from lib.cache import LRUCache
from lib.db.counts import change_count
from lib.web.errors import Conflict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAIN_CHANNEL_STAYS = _("This is a project’s first channel: it is archived and deleted with the project.")
GENERAL_STAYS = _("Everyone is in this channel: it can't be left, archived or deleted.")
LAST_MEMBER = _(
    "You are the last one in this project, and nobody else sees it. Add somebody before you leave, or archive or "
    "delete the project."
)
REMOVED = _("An admin has removed this person from the project: only admins can add them again.")
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


def require_another_member(room: Room, user_id: UUID) -> None:
    """Raise Conflict for the last user of a main channel that only its members see: nobody could open it any more."""
    if room.is_main_channel and room.members_only and not find_reachable_members(room, except_user=user_id).exists():
        raise Conflict(LAST_MEMBER, code="last_member")


def find_reachable_members(room: Room, *, except_user: UUID | None = None) -> RoomMemberQuerySet:
    """Return the members of a room who can sign in, but for one user. Agents are none of them."""
    members: RoomMemberQuerySet = RoomMember.objects.filter(room=room, user__is_active=True, user__kind=User.Kind.HUMAN)
    return members.exclude(user=except_user)


def invalidate_writers(*room_ids: UUID, joined: int = 0) -> None:
    """Give rooms a new stamp, in the transaction that changes who may write: all processes see it with the new rows.

    `joined` is by how much the number of their members has grown.
    """
    change_count(Room, "member_count", joined, ids=room_ids, access_stamp=new_id())


def require_main_members(project_id: UUID | None, users: Iterable[User]) -> None:
    """Raise ValidationError for users who are not in a project, by the id of its main channel."""
    if project_id is None:
        return
    wanted = {user.pk for user in users}
    if RoomMember.objects.filter(room=project_id, user__in=wanted).count() < len(wanted):
        raise ValidationError({"user_id": _("Some of these people are not in the project.")})
