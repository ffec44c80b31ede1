"""Announce presence, and changes of what a user's sockets hear."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accounts.models import Membership, User
from accounts.schemas import UserOut
from accounts.topics import user_topic
from chat.models import RoomMember
from chat.rooms.events import build_room_entry, build_unsubscribe
from chat.topics import commons_topic, organisation_topic, person_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Action, Event

SESSION_ENDED = "4401"
# When a thousand people come back at once, each would be told of each in a write of its own.
PRESENCE_SECONDS = 0.25

_presences = publisher.Gathering(PRESENCE_SECONDS)


def presence_changed(*, user_id: UUID, topics: Iterable[str], state: str) -> None:
    """Announce a user's presence, together with those of others who come and go at the same time.

    A process that still has sockets of an offline user announces them again.
    """
    payload = encode_frame("presence", user=user_id, state=state)
    events = publisher.announce_once(topics, payload)
    if state == User.Presence.OFFLINE:
        events.append(Event(user_topic(user_id), action="reannounce_presence"))
    _presences.publish(user_id, events)


def organisation_joined(membership: Membership, *, general: RoomMember | None = None) -> None:
    """Subscribe a new member to their organisation, and to its open channels and users unless they are a guest.

    Announce them in `general` too, where they are new in it.
    """
    role_events = _role_events(membership, general)
    topic = organisation_topic(membership.organisation_id)
    heard = Event(user_topic(membership.user_id), action="subscribe", argument=topic)
    publisher.publish([heard, *role_events])


def organisation_role_changed(membership: Membership, *, general: RoomMember | None) -> None:
    """Subscribe a member to the open channels and users of the organisation, a guest not; announce a new `general`."""
    publisher.publish(_role_events(membership, general))


def organisation_left(*, organisation_id: UUID, user_id: UUID) -> None:
    """Unsubscribe a user from an organisation."""
    topics = (organisation_topic(organisation_id), commons_topic(organisation_id))
    publisher.publish([build_unsubscribe(user_id, topic) for topic in topics])


def organisation_removed(organisation_id: UUID) -> None:
    """Unsubscribe all members from a deleted organisation."""
    topics = (organisation_topic(organisation_id), commons_topic(organisation_id))
    publisher.publish([Event(topic, action="unsubscribe", argument=topic) for topic in topics])


def user_changed(user: User) -> None:
    """Announce a user's name, picture and status; their own sockets load the user again before the next command."""
    payload = encode_frame("user.updated", user=UserOut.of(user))
    organisations = Membership.objects.filter(user=user).values_list("organisation", flat=True)
    topics = (person_topic(user.pk), *map(commons_topic, organisations))
    heard = Event(user_topic(user.pk), action="reauthorise")
    publisher.publish([heard, *publisher.announce_once(topics, payload)])


def metadata_changed(user: User) -> None:
    """Tell a user's own sockets the metadata that their clients keep."""
    publisher.publish([Event(user_topic(user.pk), encode_frame("me.updated", metadata=user.metadata))])


def requirement_changed(organisation_id: UUID) -> None:
    """Let all sockets of an organisation load their user again."""
    publisher.publish([Event(organisation_topic(organisation_id), action="reauthorise")])


def sessions_ended(keys: Iterable[str]) -> None:
    """Close the sockets that were opened with these sessions."""
    publisher.publish([build_session_end(key) for key in keys])


def build_session_end(key: str) -> Event:
    """Return the event that closes the sockets of a session or token."""
    return Event(key, action="close", argument=SESSION_ENDED)


def _role_events(membership: Membership, general: RoomMember | None) -> list[Event]:
    action: Action = "subscribe" if membership.role in Membership.OPEN_ROOM_ROLES else "unsubscribe"
    topic = commons_topic(membership.organisation_id)
    own = user_topic(membership.user_id)
    entry = build_room_entry(general) if general else []
    return [Event(own, action=action, argument=topic), Event(own, action="reauthorise"), *entry]
