"""Names and payloads of live events: the only place that speaks to delivery."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from accounts.models import Membership
from chat.models import Room, RoomMember
from chat.rooms.schemas import RoomMemberOut, RoomOut
from chat.topics import commons_topic, room_topic, user_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def room_created(room: Room, members: Sequence[RoomMember]) -> None:
    """Let its first members listen, and tell whoever may see it that it is there."""
    events = [Event(user_topic(member.user_id), action="subscribe", argument=room_topic(room.pk)) for member in members]
    topics = browsers_of(room) if room.is_channel else [user_topic(member.user_id) for member in members]
    payload = encode_frame("room.created", room=_room(room))
    told = [Event(topic, payload) for topic in topics]
    publisher.publish([*events, *told, acquainted(room.pk)])


def room_updated(room: Room) -> None:
    """Tell its members of a new name, topic or state; of a channel, everybody who may browse it."""
    topics = browsers_of(room) if room.is_channel else [room_topic(room.pk)]
    payload = encode_frame("room.updated", room=_room(room))
    publisher.publish([Event(topic, payload) for topic in topics])


def room_moved_on(room: Room) -> Event:
    """For those inside who have missed something: they see the newer version and ask for the changes."""
    return Event(room_topic(room.pk), encode_frame("room.updated", room=_room(room)), version=room.version)


def room_removed(room_id: UUID, browsers: Sequence[str] = ()) -> None:
    """Tell everybody inside that a room is gone; of a channel, its `browsers_of`, asked for while it was there."""
    topic = room_topic(room_id)
    payload = encode_frame("room.removed", room=room_id)
    told = [Event(each, payload) for each in browsers or [topic]]
    publisher.publish([*told, acquainted(room_id), Event(topic, action="unsubscribe", argument=topic)])


def member_joined(room: Room, member: RoomMember) -> None:
    """Let a new member listen, and tell the room."""
    payload = encode_frame("member.joined", room=room.pk, member=_member(member))
    publisher.publish(
        [
            Event(user_topic(member.user_id), action="subscribe", argument=room_topic(room.pk)),
            Event(user_topic(member.user_id), encode_frame("room.created", room=_room(room))),
            Event(room_topic(room.pk), payload),
            acquainted(room.pk),
        ]
    )


def member_updated(member: RoomMember) -> None:
    payload = encode_frame("member.updated", room=member.room_id, member=_member(member))
    publisher.publish([Event(room_topic(member.room_id), payload)])


def member_left(*, room_id: UUID, user_id: UUID) -> None:
    """Cut a person's sockets off from a room, then tell those who stay."""
    told = Event(room_topic(room_id), encode_frame("member.left", room=room_id, user=user_id))
    publisher.publish([*cut_off(user_id, room_id), told, acquainted(room_id)])


def silenced(user_id: UUID, topic: str) -> Event:
    """Take a topic away from a person's sockets."""
    return Event(user_topic(user_id), action="unsubscribe", argument=topic)


def acquainted(room_id: UUID) -> Event:
    """Who is in a room has changed, and so whom its guests know."""
    return Event(room_topic(room_id), action="refresh_audience")


def cut_off(user_id: UUID, room_id: UUID) -> list[Event]:
    """Take a room away from a person's sockets."""
    return [
        silenced(user_id, room_topic(room_id)),
        Event(user_topic(user_id), encode_frame("room.removed", room=room_id)),
        Event(user_topic(user_id), action="refresh_audience"),
    ]


def _room(room: Room) -> dict[str, Any]:
    return RoomOut.of(room).model_dump(mode="json")


def _member(member: RoomMember) -> dict[str, Any]:
    return RoomMemberOut.of(member).model_dump(mode="json")


def browsers_of(channel: Room) -> list[str]:
    """Whoever may see a channel: all but the guests of its organisation, and the guests inside."""
    guests = RoomMember.objects.filter(
        room=channel,
        user__memberships__organisation=channel.organisation_id,
        user__memberships__role=Membership.Role.GUEST,
    )
    return [commons_topic(channel.organisation_id), *map(user_topic, guests.values_list("user", flat=True))]
