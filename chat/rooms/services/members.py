"""Add members to rooms, change their role, remove them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_updated
from accounts.models import Membership, User
from chat.models import Room, RoomMember, RoomRemoval, SystemMessage
from chat.notifying.services import notify_of_room
from chat.rooms import events
from chat.rooms.permissions import (
    REMOVED,
    require_main_members,
    require_may_leave,
    require_room_admin,
    users_visible_to,
)
from chat.rooms.services.membership import add_to_room, remove_from_room
from chat.system_messages.services import add_system_message
from lib.db.transactions import after_commit


def add_member(*, actor: User, room_id: UUID, user_id: UUID, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """Add a member of the organisation to a channel or group that the actor is in; return the existing member, if any.

    Only admins appoint admins, and bring back whom one has removed from a project; its guests add nobody. Raise
    PermissionDenied where the actor may not, ValidationError for a user whom they can't see in the organisation.
    """
    return add_members(actor=actor, room_id=room_id, user_ids=[user_id], role=role)[0]


@transaction.atomic
def add_members(
    *, actor: User, room_id: UUID, user_ids: Collection[UUID], role: str = RoomMember.Role.MEMBER
) -> list[RoomMember]:
    """Add members of the organisation to a room, all or none; return them, and those who are in it already.

    The rules are those of `add_member`.
    """
    wanted = set(user_ids)
    # Locked before the room, in the order in which a member is removed from the organisation.
    memberships = list(Membership.objects.locked().filter(organisation__rooms=room_id, user__in=wanted))
    room = _lock_extensible_room(actor, room_id)
    if role == RoomMember.Role.ADMIN:
        require_room_admin(actor, room)
    own = Membership.objects.get(organisation=room.organisation_id, user=actor)
    users = {membership.user_id: membership.user for membership in memberships if membership.user.is_active}
    if users.keys() != wanted or not wanted <= users_visible_to(own, wanted):
        raise ValidationError({"user_id": _("There is no such person in this organisation.")})
    existing = {member.user_id: member for member in RoomMember.objects.with_user().filter(room=room, user__in=wanted)}
    added = [user for user in users.values() if user.pk not in existing]
    joined = existing | {user.pk: add_to_room(actor, room, user, role) for user in added}
    if added:
        _end_removals(actor, room, added)
        require_main_members(None if room.is_main_channel else room.main_channel_id, added)
        add_system_message(room, SystemMessage.Code.ADDED, actor=actor, users=added)
        notify_of_room(room, actor_id=actor.pk, users=added)
    return [joined[user_id] for user_id in users]


@transaction.atomic
def change_member_role(*, actor: User, room_id: UUID, user_id: UUID, role: str) -> RoomMember:
    """Make a member an admin of a room or a plain member again. A room keeps at least one admin."""
    room = Room.objects.visible_to(actor).locked().get(pk=room_id)
    member = RoomMember.objects.with_user().get(room=room, user=user_id)
    member.room = room
    require_room_admin(actor, room)
    if member.role != role:
        if role != RoomMember.Role.ADMIN and not _has_other_admin(room, user_id):
            raise PermissionDenied(_("A room needs an admin: appoint another one first."))
        former, member.role = member.role, role
        member.save(update_fields=["role", "updated_at"])
        record_updated(actor, member, organisation=room.organisation, role=(former, role))
        after_commit(events.member_updated, member)
    return member


@transaction.atomic
def remove_member(*, actor: User, room_id: UUID, user_id: UUID) -> None:
    """Remove a member from a room. Their sockets hear nothing more of it."""
    room = Room.objects.visible_to(actor).locked().get(pk=room_id)
    member = RoomMember.objects.with_user().get(room=room, user=user_id)
    require_may_leave(room, user_id, _("Everyone is in this channel: people leave it with the organisation."))
    require_room_admin(actor, room)
    remove_from_room(actor, room, member)
    if room.is_main_channel and user_id != actor.pk:
        RoomRemoval.objects.get_or_create(room=room, user=member.user)
    add_system_message(room, SystemMessage.Code.REMOVED, actor=actor, users=[member.user])


def _lock_extensible_room(actor: User, room_id: UUID) -> Room:
    room: Room = Room.objects.visible_to(actor).locked().get(pk=room_id)
    if Room.objects.extensible_by(actor).filter(pk=room.pk).exists():
        return room
    if room.is_direct:
        raise PermissionDenied(_("A direct room is for these people only. Create a group instead."))
    if room.is_main_channel and Room.objects.writable_by(actor).filter(pk=room.pk).exists():
        raise PermissionDenied(_("Guests can't add people to a project."))
    raise PermissionDenied(_("Only members can add people, and not to an archived room."))


def _end_removals(actor: User, room: Room, users: Collection[User]) -> None:
    """Let removed users be in a project again. Raise PermissionDenied where the actor is no admin."""
    removals = RoomRemoval.objects.filter(room=room, user__in=users)
    if room.is_main_channel and removals.exists():
        require_room_admin(actor, room, REMOVED)
        removals.delete()


def _has_other_admin(room: Room, user_id: UUID) -> bool:
    return RoomMember.objects.filter(room=room, role=RoomMember.Role.ADMIN).exclude(user=user_id).exists()
