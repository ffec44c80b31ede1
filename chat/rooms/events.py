"""Announce rooms and their members."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from accounts.models import Membership
from accounts.topics import user_topic
from chat.models import Room, RoomMember
from chat.rooms.schemas import OwnSettingsOut, RoomMemberOut, RoomOut
from chat.topics import commons_topic, room_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def room_created(room: Room, members: Sequence[RoomMember]) -> None:
    """Subscribe the first members of a room, and announce it to all users who can see it."""
    topic = room_topic(room.pk)
    subscriptions = [Event(user_topic(member.user_id), action="subscribe", argument=topic) for member in members]
    topics = channel_topics(room) if room.is_channel else [user_topic(member.user_id) for member in members]
    payload = encode_frame("room.created", room=RoomOut.of(room))
    announcements = [Event(topic, payload) for topic in topics]
    publisher.publish([*subscriptions, *announcements, build_audience_refresh(room.pk)])


def room_updated(room: Room) -> None:
    """Announce a room's new name, topic or state to its members; of a channel, to all users who can see it."""
    topics = channel_topics(room) if room.is_channel else [room_topic(room.pk)]
    payload = encode_frame("room.updated", room=RoomOut.of(room))
    publisher.publish([Event(topic, payload) for topic in topics])


def build_room_update(room: Room) -> Event:
    """Return the event that shows members a room's newer version, so that their clients fetch the missed changes."""
    return Event(room_topic(room.pk), encode_frame("room.updated", room=RoomOut.of(room)), version=room.version)


def room_removed(room_id: UUID, topics: Sequence[str] = ()) -> None:
    """Announce the end of a room to its members; of a channel, to its `channel_topics`, read before it was deleted."""
    topic = room_topic(room_id)
    payload = encode_frame("room.removed", room=room_id)
    announcements = [Event(each, payload) for each in topics or [topic]]
    unsubscribe = Event(topic, action="unsubscribe", argument=topic)
    publisher.publish([*announcements, build_audience_refresh(room_id), unsubscribe])


def channels_closed(main_channel: Room, room_ids: Sequence[UUID]) -> None:
    """Take channels from all of an organisation but the members of their main channel, who see them on."""
    frames = [encode_frame("room.removed", room=room_id) for room_id in room_ids]
    publisher.publish([address_outsiders(main_channel, frame) for frame in frames])


def address_outsiders(main_channel: Room, frame: bytes) -> Event:
    """Return the event that tells a frame to members of an organisation who are not in a main channel of it."""
    return Event(commons_topic(main_channel.organisation_id), frame, told_on=(room_topic(main_channel.pk),))


def member_joined(member: RoomMember) -> None:
    """Subscribe a new member to their room, and announce them to it."""
    publisher.publish(build_room_entry(member))


def member_updated(member: RoomMember) -> None:
    """Announce a member's new role to their room."""
    payload = encode_frame("member.updated", room=member.room_id, member=RoomMemberOut.of(member))
    publisher.publish([Event(room_topic(member.room_id), payload)])


def own_settings_changed(member: RoomMember) -> None:
    """Tell a member's own sockets what they have set for a room."""
    settings = OwnSettingsOut.of(member).model_dump(mode="json")
    payload = encode_frame("room.settings", room=member.room_id, **settings)
    publisher.publish([Event(user_topic(member.user_id), payload)])


def member_left(*, room_id: UUID, user_id: UUID) -> None:
    """Unsubscribe a former member's sockets from a room, then announce to the others that they left."""
    left = Event(room_topic(room_id), encode_frame("member.left", room=room_id, user=user_id))
    publisher.publish([*build_room_removal(user_id, room_id), left, build_audience_refresh(room_id)])


def build_unsubscribe(user_id: UUID, topic: str) -> Event:
    """Return the event that unsubscribes a user's sockets from a topic."""
    return Event(user_topic(user_id), action="unsubscribe", argument=topic)


def build_audience_refresh(room_id: UUID) -> Event:
    """Return the event after which guests in a room work out again which users they hear of."""
    return Event(room_topic(room_id), action="refresh_audience")


def build_room_entry(member: RoomMember) -> list[Event]:
    """Return the events that give a room to a new member's sockets, and the member to the room."""
    own_topic, topic = user_topic(member.user_id), room_topic(member.room_id)
    room, shown = RoomOut.of(member.room), RoomMemberOut.of(member)
    return [
        Event(own_topic, action="subscribe", argument=topic),
        Event(own_topic, encode_frame("room.created", room=room)),
        Event(topic, encode_frame("member.joined", room=member.room_id, member=shown)),
        Event(topic, action="refresh_audience"),
    ]


def build_room_removal(user_id: UUID, room_id: UUID) -> list[Event]:
    """Return the events that take a room away from a user's sockets."""
    return [
        build_unsubscribe(user_id, room_topic(room_id)),
        Event(user_topic(user_id), encode_frame("room.removed", room=room_id)),
        Event(user_topic(user_id), action="refresh_audience"),
    ]


def channel_topics(channel: Room) -> list[str]:
    """Return the topics of all users who can see a channel: members of the organisation, and the guests in it.

    Of one for members of its main channel alone, these in place of all members.
    """
    own = Q(user__memberships__organisation=channel.organisation_id)
    is_guest = Q(user__memberships__role=Membership.Role.GUEST)
    readers = RoomMember.objects.filter(own & is_guest, room=channel).values_list("user", flat=True)
    if not channel.members_only:
        return [commons_topic(channel.organisation_id), *map(user_topic, readers)]
    is_full_member = Q(user__memberships__role__in=Membership.OPEN_ROOM_ROLES)
    insiders = RoomMember.objects.filter(own & is_full_member, room=channel.main_channel_id)
    return list(map(user_topic, readers.union(insiders.values_list("user", flat=True))))
