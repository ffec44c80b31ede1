"""Name the topics that sockets listen to."""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern
from uuid import UUID

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
