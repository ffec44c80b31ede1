"""Names and payloads of live events: the only place that speaks to delivery."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sys import intern
from typing import Any
from uuid import UUID

import orjson

from accounts.models import Membership, User
from accounts.schemas import UserOut
from chat import delivery
from chat.delivery import Action, Event
from chat.fragments import rendered
from chat.models import Message, Room, RoomMember
from chat.schemas import RoomMemberOut, RoomOut

SESSION_ENDED = "4401"

ORGANISATION = "organisation:"
COMMONS = "commons:"


def room_topic(room_id: UUID) -> str:
    return intern(f"room:{room_id}")  # all sockets in a room keep the one string


def user_topic(user_id: UUID) -> str:
    return f"user:{user_id}"


def person_topic(user_id: UUID) -> str:
    """How somebody shows, for themself and for the guests who share a room with them."""
    return intern(f"person:{user_id}")


def organisation_topic(organisation_id: UUID) -> str:
    return intern(f"{ORGANISATION}{organisation_id}")


def commons_topic(organisation_id: UUID) -> str:
    """The open channels and the people of an organisation, which guests do not hear of."""
    return intern(f"{COMMONS}{organisation_id}")


def audience_of(user_id: UUID, topics: Iterable[str]) -> frozenset[str]:
    """Who is told how somebody shows, by the topics that their own sockets listen to."""
    own = (topic.removeprefix(ORGANISATION) for topic in topics if topic.startswith(ORGANISATION))
    return frozenset((person_topic(user_id), *(intern(COMMONS + each) for each in own)))


def frame(type: str, **fields: Any) -> bytes:
    """A frame as it goes over the wire."""
    return orjson.dumps({"type": type} | fields, option=orjson.OPT_NON_STR_KEYS)


def messages_created(messages: Sequence[Message]) -> None:
    """Tell the rooms of what was said in them, in the order given."""
    delivery.publish([_message_event("message.created", message) for message in messages])


def message_updated(message: Message) -> None:
    delivery.publish([_message_event("message.updated", message)])


def message_deleted(message: Message) -> None:
    delivery.publish([_message_event("message.deleted", message)])


def message_read(*, user_id: UUID, room_id: UUID, seq: int, unread: int, mentions: int) -> None:
    """Tell a person's other sockets how far they have read."""
    payload = frame("read", room=room_id, user=user_id, seq=seq, unread=unread, mentions=mentions)
    delivery.publish([Event(user_topic(user_id), payload)])


def typing(*, user: User, room_id: UUID, state: str) -> None:
    """Tell a room that somebody writes, or has stopped."""
    payload = frame("typing", room=room_id, user={"id": user.pk, "name": user.name}, state=state)
    delivery.publish([Event(room_topic(room_id), payload)])


def presence_changed(*, user_id: UUID, topics: Iterable[str], state: str) -> None:
    """Tell whoever knows them. A process that still has sockets of somebody gone contradicts."""
    payload = frame("presence", user=user_id, state=state)
    told = [Event(topic, payload) for topic in topics]
    gone = [Event(user_topic(user_id), action="insist")] if state == User.Presence.OFFLINE else []
    delivery.publish([*told, *gone])


def room_created(room: Room, members: Sequence[RoomMember]) -> None:
    """Let its first members listen, and tell whoever may see it that it is there."""
    events = [Event(user_topic(member.user_id), action="subscribe", argument=room_topic(room.pk)) for member in members]
    topics = browsers_of(room) if room.is_channel else [user_topic(member.user_id) for member in members]
    payload = frame("room.created", room=_room(room))
    told = [Event(topic, payload) for topic in topics]
    delivery.publish([*events, *told, acquainted(room.pk)])


def room_updated(room: Room) -> None:
    """Tell its members of a new name, topic or state; of a channel, everybody who may browse it."""
    topics = browsers_of(room) if room.is_channel else [room_topic(room.pk)]
    payload = frame("room.updated", room=_room(room))
    delivery.publish([Event(topic, payload) for topic in topics])


def room_moved_on(room: Room) -> Event:
    """For those inside who have missed something: they see the newer version and ask for the changes."""
    return Event(room_topic(room.pk), frame("room.updated", room=_room(room)), version=room.version)


def room_removed(room_id: UUID, browsers: Sequence[str] = ()) -> None:
    """Tell everybody inside that a room is gone; of a channel, its `browsers_of`, asked for while it was there."""
    topic = room_topic(room_id)
    payload = frame("room.removed", room=room_id)
    told = [Event(each, payload) for each in browsers or [topic]]
    delivery.publish([*told, acquainted(room_id), Event(topic, action="unsubscribe", argument=topic)])


def member_joined(room: Room, member: RoomMember) -> None:
    """Let a new member listen, and tell the room."""
    payload = frame("member.joined", room=room.pk, member=_member(member))
    delivery.publish(
        [
            Event(user_topic(member.user_id), action="subscribe", argument=room_topic(room.pk)),
            Event(user_topic(member.user_id), frame("room.created", room=_room(room))),
            Event(room_topic(room.pk), payload),
            acquainted(room.pk),
        ]
    )


def member_updated(member: RoomMember) -> None:
    payload = frame("member.updated", room=member.room_id, member=_member(member))
    delivery.publish([Event(room_topic(member.room_id), payload)])


def member_left(*, room_id: UUID, user_id: UUID) -> None:
    """Cut a person's sockets off from a room, then tell those who stay."""
    told = Event(room_topic(room_id), frame("member.left", room=room_id, user=user_id))
    delivery.publish([*cut_off(user_id, room_id), told, acquainted(room_id)])


def organisation_joined(membership: Membership) -> None:
    """Let a new member of an organisation hear of its people and of the channels they may browse."""
    topic = organisation_topic(membership.organisation_id)
    delivery.publish([Event(user_topic(membership.user_id), action="subscribe", argument=topic)])
    organisation_role_changed(membership)


def organisation_role_changed(membership: Membership) -> None:
    """Let somebody hear of the open channels and of everybody as long as they are no guest."""
    action: Action = "subscribe" if membership.role in Membership.OPEN_ROOM_ROLES else "unsubscribe"
    topic = commons_topic(membership.organisation_id)
    own = user_topic(membership.user_id)
    delivery.publish([Event(own, action=action, argument=topic), Event(own, action="refresh")])


def organisation_left(*, organisation_id: UUID, user_id: UUID) -> None:
    """Tell somebody nothing more of an organisation."""
    topics = (organisation_topic(organisation_id), commons_topic(organisation_id))
    delivery.publish([silenced(user_id, topic) for topic in topics])


def organisation_removed(organisation_id: UUID) -> None:
    """Tell everybody who was in it nothing more of each other."""
    topics = (organisation_topic(organisation_id), commons_topic(organisation_id))
    delivery.publish([Event(topic, action="unsubscribe", argument=topic) for topic in topics])


def user_changed(user: User) -> None:
    """Tell whoever knows them; their own sockets load them anew before the next command."""
    payload = frame("user.updated", user=UserOut.of(user).model_dump(mode="json"))
    organisations = Membership.objects.filter(user=user).values_list("organisation", flat=True)
    told = [Event(topic, payload) for topic in (person_topic(user.pk), *map(commons_topic, organisations))]
    delivery.publish([Event(user_topic(user.pk), action="refresh"), *told])


def requirement_changed(organisation_id: UUID) -> None:
    """All sockets of an organisation load their person anew."""
    delivery.publish([Event(organisation_topic(organisation_id), action="refresh")])


def sessions_ended(keys: Iterable[str]) -> None:
    """Close the sockets that came in by these sessions."""
    delivery.publish([session_ended(key) for key in keys])


def session_ended(key: str) -> Event:
    return Event(key, action="close", argument=SESSION_ENDED)


def silenced(user_id: UUID, topic: str) -> Event:
    """Take a topic away from a person's sockets."""
    return Event(user_topic(user_id), action="unsubscribe", argument=topic)


def acquainted(room_id: UUID) -> Event:
    """Who is in a room has changed, and so whom its guests know."""
    return Event(room_topic(room_id), action="meet")


def cut_off(user_id: UUID, room_id: UUID) -> list[Event]:
    """Take a room away from a person's sockets."""
    return [
        silenced(user_id, room_topic(room_id)),
        Event(user_topic(user_id), frame("room.removed", room=room_id)),
        Event(user_topic(user_id), action="meet"),
    ]


def _message_event(type: str, message: Message) -> Event:
    shown = rendered(message)
    payload = b'{"type":"%b","room":"%b","version":%d,"message":%b,"html":%b}' % (
        type.encode(),
        str(message.room_id).encode(),
        message.version,
        shown.json,
        orjson.dumps(shown.html),
    )
    return Event(room_topic(message.room_id), payload, version=message.version)


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
