"""Join and leave rooms; create and delete the rows of members."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.models import Membership, User
from chat.models import Room, RoomMember, RoomRemoval, SystemMessage, ThreadFollow
from chat.notifying.withdrawing import withdraw_room
from chat.rooms import events, listeners
from chat.rooms.permissions import (
    GENERAL_STAYS,
    invalidate_writers,
    require_another_member,
    require_may_leave,
)
from chat.system_messages.services import add_system_message
from lib.db.transactions import after_commit


@transaction.atomic
def join_room(*, actor: User, room_id: UUID) -> Room:
    """Join a channel. Joining a room that the actor is in changes nothing.

    Raise PermissionDenied for an archived one, and for an open project that an admin has removed the actor from.
    """
    if not Membership.objects.locked().filter(organisation__rooms=room_id, user=actor):
        raise Room.DoesNotExist
    # A room that is visible without a membership is a channel.
    room: Room = Room.objects.visible_to(actor).locked().get(pk=room_id)
    if not RoomMember.objects.filter(room=room, user=actor).exists():
        if room.is_archived:
            raise PermissionDenied(_("This room is archived: it can't be joined."))
        if room.is_main_channel and RoomRemoval.objects.filter(room=room, user=actor).exists():
            raise PermissionDenied(_("An admin has removed you from this project: only admins can add you again."))
        add_to_room(actor, room, actor)
        add_system_message(room, SystemMessage.Code.JOINED, actor=actor, users=[actor])
    return room


@transaction.atomic
def leave_room(*, actor: User, room_id: UUID) -> None:
    """Leave a channel or a group. After its last admin the longest member becomes admin.

    Raise Conflict for the last one in a project that only its members see.
    """
    room = Room.objects.joined_by(actor).locked().get(pk=room_id)
    require_may_leave(room, actor.pk, GENERAL_STAYS)
    if room.is_direct:
        raise PermissionDenied(_("A direct room can't be left."))
    remove_from_room(actor, room, RoomMember.objects.with_user().get(room=room, user=actor))
    add_system_message(room, SystemMessage.Code.LEFT, actor=actor, users=[actor])


def add_to_room(actor: User | None, room: Room, user: User, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """Add a user to a room, announce it and record it in the audit trail, inside the caller's transaction."""
    member = create_member(room, user, role)
    after_commit(events.member_joined, member)
    record_created(actor, member, organisation=room.organisation, user=user.pk, role=role)
    if room.is_main_channel:
        listeners.member_joined(room, user.pk)
    return member


def remove_from_room(actor: User, room: Room, member: RoomMember) -> None:
    """Remove a member from a room and record it in the audit trail, inside the caller's transaction."""
    require_another_member(room, member.user_id)
    member.room = room
    record_deleted(actor, member, organisation=room.organisation, user=member.user_id, role=member.role)
    delete_member(room, member.user_id, actor=actor)


def create_member(room: Room, user: User, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """Create a member, neither announced nor in the audit trail; earlier messages do not count as unread."""
    last = room.last_seq
    member = RoomMember.objects.create(room=room, user=user, role=role, last_read_seq=last, joined_seq=last)
    invalidate_writers(room.pk, joined=1)
    return member


def delete_member(room: Room, user_id: UUID, *, actor: User | None = None) -> None:
    """Delete a member without an audit entry, announce it, and make sure that the room still has an admin.

    They no longer follow its threads: should they come back, nothing from before is unread. Who leaves the main channel
    of a project leaves its other channels too.
    """
    if room.is_main_channel:
        others = room.channels.filter(members__user=user_id).exclude(pk=room.pk)
        for other in others.select_for_update(of=("self",)).select_related("organisation").order_by("pk"):
            delete_member(other, user_id, actor=actor)
    _all_rows, deleted = RoomMember.objects.filter(room=room, user=user_id).delete()
    ThreadFollow.objects.filter(user=user_id, thread__room=room).delete()
    invalidate_writers(room.pk, joined=-deleted.get(RoomMember._meta.label, 0))
    ensure_admin(actor, room)
    withdraw_room(room, user_id=user_id)
    after_commit(events.member_left, room_id=room.pk, user_id=user_id)
    if room.is_main_channel:
        listeners.member_left(room, user_id)


def ensure_admin(actor: User | None, room: Room) -> None:
    """Make the longest member of a room its admin where it has none."""
    members = RoomMember.objects.filter(room=room)
    if room.is_direct or members.filter(role=RoomMember.Role.ADMIN).exists():
        return
    if heir := members.select_related("user").order_by("-user__kind", "joined_at").first():
        former, heir.role, heir.room = heir.role, RoomMember.Role.ADMIN, room
        heir.save(update_fields=["role", "updated_at"])
        record_updated(actor, heir, organisation=room.organisation, role=(former, heir.role))
        after_commit(events.member_updated, heir)


def restore_members(actor: User, room: Room, users: Sequence[User]) -> None:
    """Add those of a direct room's users who left the organisation and came back."""
    member_ids = set(RoomMember.objects.filter(room=room).values_list("user", flat=True))
    for user in users:
        if user.pk not in member_ids:
            add_to_room(actor, room, user)
