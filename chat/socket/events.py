"""Announce presence, and what changes whom a socket hears."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accounts.models import Membership, User
from accounts.schemas import UserOut
from chat.rooms.events import silenced
from chat.topics import commons_topic, organisation_topic, person_topic, user_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Action, Event

SESSION_ENDED = "4401"


def presence_changed(*, user_id: UUID, topics: Iterable[str], state: str) -> None:
    """Tell whoever knows them. A process that still has sockets of somebody gone contradicts."""
    payload = encode_frame("presence", user=user_id, state=state)
    told = [Event(topic, payload) for topic in topics]
    gone = [Event(user_topic(user_id), action="reannounce_presence")] if state == User.Presence.OFFLINE else []
    publisher.publish([*told, *gone])


def organisation_joined(membership: Membership) -> None:
    """Let a new member of an organisation hear of its people and of the channels they may browse."""
    topic = organisation_topic(membership.organisation_id)
    heard = Event(user_topic(membership.user_id), action="subscribe", argument=topic)
    publisher.publish([heard, *_role_events(membership)])


def organisation_role_changed(membership: Membership) -> None:
    """Let somebody hear of the open channels and of everybody as long as they are no guest."""
    publisher.publish(_role_events(membership))


def organisation_left(*, organisation_id: UUID, user_id: UUID) -> None:
    """Tell somebody nothing more of an organisation."""
    topics = (organisation_topic(organisation_id), commons_topic(organisation_id))
    publisher.publish([silenced(user_id, topic) for topic in topics])


def organisation_removed(organisation_id: UUID) -> None:
    """Tell everybody who was in it nothing more of each other."""
    topics = (organisation_topic(organisation_id), commons_topic(organisation_id))
    publisher.publish([Event(topic, action="unsubscribe", argument=topic) for topic in topics])


def user_changed(user: User) -> None:
    """Tell whoever knows them; their own sockets load them anew before the next command."""
    payload = encode_frame("user.updated", user=UserOut.of(user).model_dump(mode="json"))
    organisations = Membership.objects.filter(user=user).values_list("organisation", flat=True)
    told = [Event(topic, payload) for topic in (person_topic(user.pk), *map(commons_topic, organisations))]
    publisher.publish([Event(user_topic(user.pk), action="reauthorise"), *told])


def requirement_changed(organisation_id: UUID) -> None:
    """All sockets of an organisation load their person anew."""
    publisher.publish([Event(organisation_topic(organisation_id), action="reauthorise")])


def sessions_ended(keys: Iterable[str]) -> None:
    """Close the sockets that came in by these sessions."""
    publisher.publish([session_ended(key) for key in keys])


def session_ended(key: str) -> Event:
    return Event(key, action="close", argument=SESSION_ENDED)


def _role_events(membership: Membership) -> list[Event]:
    action: Action = "subscribe" if membership.role in Membership.OPEN_ROOM_ROLES else "unsubscribe"
    topic = commons_topic(membership.organisation_id)
    own = user_topic(membership.user_id)
    return [Event(own, action=action, argument=topic), Event(own, action="reauthorise")]
