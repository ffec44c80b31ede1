"""Open, archive, hide and show all channels of a project at once, inside the caller's transaction.

Who may do so is for the project to say, whose row the caller has locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.models import Organisation, User
from chat.models import Room, RoomMember
from chat.notifying.services import notify_of_room
from chat.rooms import events
from chat.rooms.permissions import find_reachable_members
from chat.rooms.services.membership import add_to_room, delete_member
from chat.rooms.services.storing import lock_users, save_archived, save_room
from lib.db.transactions import after_commit

MAIN_CHANNEL = "general"


def open_main_channel(
    *,
    actor: User,
    organisation: Organisation,
    project_name: str,
    members_only: bool,
    member_ids: Iterable[UUID] = (),
) -> Room:
    """Open a main channel with the actor as admin. Raise ValidationError for users from outside the organisation."""
    room = Room(
        organisation=organisation,
        kind=Room.Kind.CHANNEL,
        name=MAIN_CHANNEL,
        project_name=project_name,
        created_by=actor,
        members_only=members_only,
    )
    room.main_channel = room
    users = lock_users(organisation, actor, member_ids)
    save_room(room, users, admins={actor.pk})
    notify_of_room(room, actor_id=actor.pk, users=users)
    return room


def lock_channels(main_channel_id: UUID) -> list[Room]:
    """Return a main channel and those that belong to it, locked until the commit."""
    return list(Room.objects.filter(main_channel=main_channel_id).locked().order_by("pk"))


def show_project_name(main_channel_id: UUID, name: str) -> None:
    """Give all channels a new name of their project, and announce them."""
    rooms = lock_channels(main_channel_id)
    Room.objects.filter(pk__in=[room.pk for room in rooms]).update(project_name=name)
    for room in rooms:
        room.project_name = name
        after_commit(events.room_updated, room)


def archive_channels(actor: User, main_channel_id: UUID, moment: datetime) -> None:
    """Archive all channels but those that are archived already."""
    for room in lock_channels(main_channel_id):
        if not room.is_archived:
            save_archived(actor, room, moment)


def unarchive_channels(actor: User, main_channel_id: UUID, moment: datetime) -> None:
    """Open the channels that were archived together at that moment; those archived by hand before stay so."""
    for room in lock_channels(main_channel_id):
        if room.archived_at == moment:
            save_archived(actor, room, None)


def change_audience(actor: User, main_channel_id: UUID, *, members_only: bool) -> None:
    """Let only members of the main channel see its channels, or all of the organisation but guests.

    In the first case, those who are not in the main channel leave the others and see none any more; the actor becomes
    an admin where nobody else could open it.
    """
    rooms = {room.pk: room for room in lock_channels(main_channel_id)}
    channels = [room for room in rooms.values() if room.is_channel]
    Room.objects.filter(pk__in=[room.pk for room in channels]).update(members_only=members_only)
    for room in channels:
        room.members_only = members_only
        after_commit(events.room_updated, room)
    if members_only:
        main_channel = rooms[main_channel_id]
        if not find_reachable_members(main_channel).exists() and actor.kind == User.Kind.HUMAN:
            add_to_room(actor, main_channel, actor, RoomMember.Role.ADMIN)
        after_commit(events.channels_closed, main_channel, [room.pk for room in channels])
        insiders = RoomMember.objects.filter(room=main_channel_id).values("user")
        outsiders = RoomMember.objects.filter(room__main_channel=main_channel_id).exclude(user__in=insiders)
        for room_id, user_id in outsiders.values_list("room", "user"):
            delete_member(rooms[room_id], user_id, actor=actor)
