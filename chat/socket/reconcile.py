"""The backstop: what the database says now against what open sockets believe, a few queries for all of them together.

Events can be lost: a broker restarts, another process writes without Redis, a row is changed by hand. Clients then
learn that a room has moved on, and sockets whose session or membership has ended are cut off.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Membership, Session, TokenFamily
from chat.models import Room, RoomMember
from chat.rooms.events import cut_off, room_moved_on, silenced
from chat.socket.events import session_ended
from chat.topics import commons_topic, organisation_topic, room_topic
from lib.db.threads import run_in_pool
from lib.realtime.hub import Event, Hub

logger = logging.getLogger(__name__)

WATCH_SECONDS = 10.0


_watches: WeakKeyDictionary[Hub, asyncio.Task[None]] = WeakKeyDictionary()


def keep_watch(hub: Hub) -> None:
    """Compare every `WATCH_SECONDS` from now until the last socket has gone. Repeating it changes nothing."""
    if hub not in _watches or _watches[hub].done():
        _watches[hub] = hub.loop.create_task(_watch_while_needed(hub))


async def _watch_while_needed(hub: Hub) -> None:
    while hub.sockets:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            await watch(hub)
        except Exception:
            logger.exception("Open sockets were not compared with the database")


async def watch(hub: Hub) -> None:
    """Compare once, and put right what differs."""
    hub.deliver(await run_in_pool(differences, believed(hub)))


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the open sockets of a process go by: topics, who listens to which room and organisation (those whose open
    channels they hear of among them), and how far each room had come."""

    topics: Collection[str]
    places: Collection[tuple[UUID, UUID]]
    organisations: Collection[tuple[UUID, str]]
    versions: Mapping[str, int]


def believed(hub: Hub) -> Beliefs:
    places = {(socket.user_id, room_id) for socket in hub.sockets for room_id in _ids(socket.topics, "room:")}
    organisations = {(socket.user_id, topic) for socket in hub.sockets for topic in socket.topics if _of_people(topic)}
    return Beliefs(list(hub.listeners), places, organisations, dict(hub.versions))


def differences(beliefs: Beliefs) -> list[Event]:
    """The events that sockets should have had. At most five queries, however many sockets."""
    return [
        *_ended_sessions(beliefs.topics),
        *_ended_memberships(beliefs.places),
        *_ended_belonging(beliefs.organisations),
        *_missed_changes(beliefs.topics, beliefs.versions),
    ]


def _ended_sessions(topics: Collection[str]) -> list[Event]:
    browsers, tokens = _ids(topics, "session:"), _ids(topics, "token:")
    # Whoever has to turn on a second factor first may not listen either.
    may = {"user__is_active": True, "user__second_factor_due": False}
    alive = Session.objects.filter(public_id__in=browsers, expire_date__gt=timezone.now(), **may)
    valid = TokenFamily.objects.live().filter(pk__in=tokens, **may)
    ended = [f"session:{key}" for key in browsers - set(alive.values_list("public_id", flat=True))]
    ended += [f"token:{key}" for key in tokens - set(valid.values_list("pk", flat=True))]
    return [session_ended(topic) for topic in ended]


def _ended_memberships(places: Collection[tuple[UUID, UUID]]) -> list[Event]:
    users = {user_id for user_id, _ in places}
    belonging = Membership.objects.filter(user=OuterRef("user"), organisation=OuterRef("room__organisation"))
    held = set(RoomMember.objects.filter(Exists(belonging), user__in=users).values_list("user", "room"))
    return [event for user_id, room_id in set(places) - held for event in cut_off(user_id, room_id)]


def _ended_belonging(organisations: Collection[tuple[UUID, str]]) -> list[Event]:
    held = set()
    users = {user_id for user_id, _ in organisations}
    for membership in Membership.objects.filter(user__in=users):
        held.add((membership.user_id, organisation_topic(membership.organisation_id)))
        if membership.role in Membership.OPEN_ROOM_ROLES:
            held.add((membership.user_id, commons_topic(membership.organisation_id)))
    return [silenced(user_id, topic) for user_id, topic in set(organisations) - held]


def _missed_changes(topics: Collection[str], versions: Mapping[str, int]) -> list[Event]:
    rooms = Room.objects.filter(pk__in=_ids(topics, "room:")).select_related("organisation")
    return [room_moved_on(room) for room in rooms if room.version > versions.get(room_topic(room.pk), room.version)]


def _of_people(topic: str) -> bool:
    return topic.startswith(("organisation:", "commons:"))


def _ids(topics: Collection[str], prefix: str) -> set[UUID]:
    return {UUID(topic.removeprefix(prefix)) for topic in topics if topic.startswith(prefix)}
