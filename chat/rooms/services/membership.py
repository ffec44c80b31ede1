"""Join and leave rooms."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.models import Membership, User
from chat.models import Room, RoomMember
from chat.rooms import events
from chat.rooms.permissions import STAYS, forget_writers, keep_in_general
from lib.db.transactions import after_commit


@transaction.atomic
def join_room(*, actor: User, room_id: UUID) -> Room:
    """Enter an open channel. Being in it already changes nothing."""
    if not Membership.objects.locked().filter(organisation__rooms=room_id, user=actor):
        raise Room.DoesNotExist
    # What one sees without being in it is a channel.
    room: Room = Room.objects.visible_to(actor).held().get(pk=room_id)
    if not RoomMember.objects.filter(room=room, user=actor).exists():
        if room.is_archived:
            raise PermissionDenied(_("This room is archived: nobody enters it any more."))
        bring_in(actor, room, actor)
    return room


@transaction.atomic
def leave_room(*, actor: User, room_id: UUID) -> None:
    """Leave a channel or a group. The last admin's place goes to the one who has been there longest."""
    room = Room.objects.joined_by(actor).held().get(pk=room_id)
    keep_in_general(room, actor.pk, STAYS)
    if room.is_direct:
        raise PermissionDenied(_("A direct room can't be left."))
    show_out(actor, room, RoomMember.objects.with_user().get(room=room, user=actor))


def bring_in(actor: User, room: Room, user: User, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """Make somebody a member, or oneself, inside the caller's transaction."""
    member = add_to_room(room, user, role)
    record_created(actor, member, organisation=room.organisation, user=user.pk, role=role)
    return member


def show_out(actor: User, room: Room, member: RoomMember) -> None:
    """End a membership, or one's own, inside the caller's transaction."""
    member.room = room
    record_deleted(actor, member, organisation=room.organisation, user=member.user_id, role=member.role)
    drop_from_room(room, member.user_id, actor=actor)


def add_to_room(room: Room, user: User, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """The row alone, where it follows from something else; what was said before does not count as unread."""
    member = RoomMember.objects.create(room=room, user=user, role=role, last_read_seq=room.last_seq)
    forget_writers(room.pk)
    after_commit(events.member_joined, room, member)
    return member


def drop_from_room(room: Room, user_id: UUID, *, actor: User | None = None) -> None:
    """The same for its end, leaving no room without an admin."""
    RoomMember.objects.filter(room=room, user=user_id).delete()
    forget_writers(room.pk)
    _keep_an_admin(actor, room)
    after_commit(events.member_left, room_id=room.pk, user_id=user_id)


def _keep_an_admin(actor: User | None, room: Room) -> None:
    members = RoomMember.objects.filter(room=room)
    if room.is_direct or members.filter(role=RoomMember.Role.ADMIN).exists():
        return
    if heir := members.select_related("user").order_by("-user__kind", "joined_at").first():
        former, heir.role, heir.room = heir.role, RoomMember.Role.ADMIN, room
        heir.save(update_fields=["role", "updated_at"])
        record_updated(actor, heir, organisation=room.organisation, role=(former, heir.role))
        after_commit(events.member_updated, heir)


def _return_to(actor: User, room: Room, people: Sequence[User]) -> None:
    """Whoever left the organisation and came back is let into their direct rooms again."""
    present = set(RoomMember.objects.filter(room=room).values_list("user", flat=True))
    for person in people:
        if person.pk not in present:
            bring_in(actor, room, person)
