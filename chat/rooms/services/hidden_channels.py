"""Take all channels of a project from everybody and give them back, inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypedDict
from uuid import UUID

from accounts.models import Membership, User, new_id
from chat.models import Room, RoomMember, ThreadFollow
from chat.rooms import events
from chat.rooms.services.main_channels import lock_channels
from chat.rooms.services.membership import add_to_room, ensure_admin
from lib.db.counts import change_count
from lib.db.transactions import after_commit
from notifications.inbox.services import withdraw_notifications
from notifications.models import Notification

KEPT = ("role", "last_read_seq", "joined_seq", "favourite", "notification_level")


class Audience(TypedDict):
    """Who saw the channels of a project, and was in them, as JSON."""

    members_only: bool
    members: list[dict[str, Any]]


def hide_channels(main_channel_id: UUID) -> Audience:
    """Take the channels from all who are in them or see them; return who that was."""
    rooms = lock_channels(main_channel_id)
    ids = [room.pk for room in rooms]
    rows = RoomMember.objects.filter(room__in=ids)
    members = [
        {"room": str(member.room_id), "user": str(member.user_id)} | {field: getattr(member, field) for field in KEPT}
        for member in rows.order_by("pk")
    ]
    for room in rooms:
        after_commit(events.room_removed, room.pk, _find_topics(room))
    rows.delete()
    ThreadFollow.objects.filter(thread__room__in=ids).delete()
    withdraw_notifications(Notification.objects.filter(place__in=ids))
    Room.objects.filter(pk__in=ids).update(member_count=0, access_stamp=new_id())
    members_only = any(room.members_only for room in rooms if room.is_main_channel)
    # Without members, nobody sees them.
    Room.objects.filter(pk__in=ids, kind=Room.Kind.CHANNEL).update(members_only=True)
    return {"members_only": members_only, "members": members}


def show_channels(actor: User, main_channel_id: UUID, audience: Audience) -> None:
    """Give the channels back to those who were in them and are still in the organisation.

    The actor becomes the only admin where nobody is left.
    """
    users, rooms = lock_hidden_channels(actor, main_channel_id, audience)
    restored: defaultdict[UUID, list[RoomMember]] = defaultdict(list)
    for member in audience["members"]:
        room, user = rooms.get(UUID(member["room"])), users.get(UUID(member["user"]))
        if room is not None and user is not None:
            kept = {field: member[field] for field in KEPT}
            restored[room.pk].append(RoomMember(room=room, user=user, **kept))
    RoomMember.objects.bulk_create(member for members in restored.values() for member in members)
    channels = [room for room in rooms.values() if room.is_channel]
    Room.objects.filter(pk__in=[room.pk for room in channels]).update(members_only=audience["members_only"])
    for room in rooms.values():
        room.members_only = audience["members_only"] and room.is_channel
        change_count(Room, "member_count", len(restored[room.pk]), ids=[room.pk], access_stamp=new_id())
        ensure_admin(actor, room)
        after_commit(events.room_created, room, restored[room.pk])
    if not restored[main_channel_id]:
        add_to_room(actor, rooms[main_channel_id], users[actor.pk], RoomMember.Role.ADMIN)


def lock_hidden_channels(
    actor: User, main_channel_id: UUID, audience: Audience
) -> tuple[dict[UUID, User], dict[UUID, Room]]:
    """Return the active users of an audience with the actor, and the channels, by their ids, locked until the commit.

    The memberships are locked before the rooms, in the order in which a member is removed from the organisation.
    """
    user_ids = {UUID(member["user"]) for member in audience["members"]} | {actor.pk}
    memberships = Membership.objects.locked().filter(organisation__rooms=main_channel_id, user__in=user_ids)
    users = {membership.user_id: membership.user for membership in memberships if membership.user.is_active}
    return users, {room.pk: room for room in lock_channels(main_channel_id)}


def _find_topics(room: Room) -> Sequence[str]:
    return events.channel_topics(room) if room.is_channel else ()
