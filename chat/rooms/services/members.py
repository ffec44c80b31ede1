"""Bringing people into rooms, changing their role, showing them out."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_updated
from accounts.models import Membership, User
from chat.models import Room, RoomMember
from chat.rooms import events
from chat.rooms.permissions import keep_in_general, known_to, require_room_admin
from chat.rooms.services.membership import bring_in, show_out
from lib.db.transactions import after_commit


@transaction.atomic
def add_member(*, actor: User, room_id: UUID, user_id: UUID, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """Bring somebody of the organisation into a channel or group one is in. Only admins appoint admins.

    Being in it already changes nothing.
    """
    # Held before the room, as whoever removes them from the organisation does.
    place = Membership.objects.locked().filter(organisation__rooms=room_id, user=user_id).first()
    room = _extensible(actor, room_id)
    if role == RoomMember.Role.ADMIN:
        require_room_admin(actor, room)
    own = Membership.objects.get(organisation=room.organisation_id, user=actor)
    if place is None or not place.user.is_active or user_id not in known_to(own, {user_id}):
        raise ValidationError({"user_id": _("There is no such person in this organisation.")})
    present = RoomMember.objects.with_user().filter(room=room, user=user_id).first()
    return present or bring_in(actor, room, place.user, role)


@transaction.atomic
def change_member_role(*, actor: User, room_id: UUID, user_id: UUID, role: str) -> RoomMember:
    """Make somebody an admin of a room or a plain member again. A room keeps at least one admin."""
    room = Room.objects.visible_to(actor).held().get(pk=room_id)
    member = RoomMember.objects.with_user().get(room=room, user=user_id)
    member.room = room
    require_room_admin(actor, room)
    if member.role != role:
        if role != RoomMember.Role.ADMIN and not _other_admins(room, user_id):
            raise PermissionDenied(_("A room needs an admin: appoint another one first."))
        former, member.role = member.role, role
        member.save(update_fields=["role", "updated_at"])
        record_updated(actor, member, organisation=room.organisation, role=(former, role))
        after_commit(events.member_updated, member)
    return member


@transaction.atomic
def remove_member(*, actor: User, room_id: UUID, user_id: UUID) -> None:
    """Show somebody out. Their sockets hear nothing more of the room."""
    room = Room.objects.visible_to(actor).held().get(pk=room_id)
    member = RoomMember.objects.with_user().get(room=room, user=user_id)
    keep_in_general(room, user_id, _("Everybody is in this channel: people leave it with the organisation."))
    require_room_admin(actor, room)
    show_out(actor, room, member)


def _extensible(actor: User, room_id: UUID) -> Room:
    room: Room = Room.objects.visible_to(actor).held().get(pk=room_id)
    if Room.objects.extensible_by(actor).filter(pk=room.pk).exists():
        return room
    if room.is_direct:
        raise PermissionDenied(_("A direct room is for these people only. Open a group instead."))
    raise PermissionDenied(_("Only members of an open room bring others in."))


def _other_admins(room: Room, user_id: UUID) -> bool:
    return RoomMember.objects.filter(room=room, role=RoomMember.Role.ADMIN).exclude(user=user_id).exists()
