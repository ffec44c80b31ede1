"""Store new rooms with their first members, and that they are archived, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_updated
from accounts.models import Membership, Organisation, User
from chat.models import Room, RoomMember, SystemMessage
from chat.rooms import events
from chat.rooms.permissions import invalidate_writers, users_visible_to
from chat.system_messages.services import add_system_message
from lib.db.transactions import after_commit


def lock_users(organisation: Organisation, actor: User, user_ids: Iterable[UUID]) -> Sequence[User]:
    """Return the actor and these users, their memberships locked before any room's row.

    So no user who is being removed from the organisation gets into a room.
    """
    wanted = {actor.pk, *user_ids}
    memberships = list(Membership.objects.locked().filter(organisation=organisation, user__in=wanted))
    users = {membership.user_id: membership.user for membership in memberships if membership.user.is_active}
    if actor.pk not in users:
        raise Membership.DoesNotExist
    own = next(membership for membership in memberships if membership.user_id == actor.pk)
    if users_visible_to(own, users) != wanted:
        raise ValidationError({"member_ids": _("Some of these people are not in this organisation.")})
    return list(users.values())


def save_room(room: Room, users: Sequence[User], *, admins: set[UUID]) -> None:
    """Store a new room with its first members, announce it and record it in the audit trail."""
    room.member_count = len(users)
    room.save(force_insert=True)
    members = [
        RoomMember(room=room, user=user, role=RoomMember.Role.ADMIN if user.pk in admins else RoomMember.Role.MEMBER)
        for user in users
    ]
    RoomMember.objects.bulk_create(members)
    facts = {"kind": room.kind, "name": room.name, "topic": room.topic, "members": [user.pk for user in users]}
    record_created(room.created_by, room, organisation=room.organisation, **facts)
    after_commit(events.room_created, room, members)


def find_main_channel(own: Membership, project_id: UUID) -> Room:
    """Return the main channel of a project that a member is in. Raise ValidationError for any other."""
    mine = Room.objects.joined_by(own.user).filter(organisation=own.organisation, archived_at=None)
    channel: Room | None = mine.filter(pk=project_id, main_channel=project_id).first()
    if channel is None:
        raise ValidationError({"project_id": _("You are in no such project, or it is archived.")})
    return channel


def save_archived(actor: User, room: Room, moment: datetime | None) -> None:
    """Store since when a room is archived, with None that it is not, announce it and record it."""
    former, room.archived_at = room.archived_at, moment
    room.save(update_fields=["archived_at", "updated_at"])
    record_updated(actor, room, organisation=room.organisation, archived_at=(former, moment))
    invalidate_writers(room.pk)
    after_commit(events.room_updated, room)
    code = SystemMessage.Code.ARCHIVED if moment else SystemMessage.Code.UNARCHIVED
    add_system_message(room, code, actor=actor)
