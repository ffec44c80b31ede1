"""Name the topics that sockets listen to."""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern
from uuid import UUID

ORGANISATION = "organisation:"
COMMONS = "commons:"


def room_topic(room_id: UUID) -> str:
    """Name the topic of a room's messages and members."""
    return intern(f"room:{room_id}")  # all sockets in a room keep the one string


def person_topic(user_id: UUID) -> str:
    """Name the topic of a user's name, picture and presence, heard by guests who share a room with them."""
    return intern(f"person:{user_id}")


def organisation_topic(organisation_id: UUID) -> str:
    """Name the topic that all members of an organisation hear."""
    return intern(f"{ORGANISATION}{organisation_id}")


def commons_topic(organisation_id: UUID) -> str:
    """Name the topic of an organisation's open channels and users, which its guests do not hear."""
    return intern(f"{COMMONS}{organisation_id}")


def presence_topics(user_id: UUID, topics: Iterable[str]) -> frozenset[str]:
    """Return the topics on which a user's presence is announced, given the `topics` that their sockets hear."""
    organisation_ids = (topic.removeprefix(ORGANISATION) for topic in topics if topic.startswith(ORGANISATION))
    return frozenset((person_topic(user_id), *(intern(COMMONS + each) for each in organisation_ids)))
