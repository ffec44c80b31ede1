"""Reconcile open sockets with the database: a few queries for all sockets of a process together.

Events can be lost: a broker restarts, another process writes without Redis, a row is changed by hand. Then clients are
told of a room's newer version, and sockets whose session or membership has ended are closed or unsubscribed.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Membership, Session, TokenFamily
from chat.models import Room, RoomMember
from chat.rooms.events import build_room_removal, build_room_update, build_unsubscribe
from chat.socket.events import build_session_end
from chat.socket.viewing import views
from chat.topics import commons_topic, organisation_topic, room_topic
from lib.db.threads import run_in_pool
from lib.realtime.cancellation import is_cancelled
from lib.realtime.hub import Event, Hub

logger = logging.getLogger(__name__)

RECONCILE_SECONDS = 10.0
# Within this time after events were lost all sockets of a process load their user again.
RESYNCHRONISE_SECONDS = 3.0
# Before the next attempt, when the database does not answer.
PAUSE_SECONDS = 1.0


_tasks: WeakKeyDictionary[Hub, asyncio.Task[None]] = WeakKeyDictionary()


def start_reconciling(hub: Hub) -> None:
    """Reconcile every `RECONCILE_SECONDS` until the last socket has gone. Repeating the call changes nothing."""
    if hub not in _tasks or _tasks[hub].done():
        _tasks[hub] = hub.loop.create_task(_reconcile_while_needed(hub))


async def _reconcile_while_needed(hub: Hub) -> None:
    while hub.sockets and not is_cancelled():
        with suppress(TimeoutError):
            async with asyncio.timeout(RECONCILE_SECONDS):
                await hub.events_lost.wait()
        try:
            await views.renew_all()
            await reconcile_hub(hub)
        except Exception:
            logger.exception("Open sockets were not compared with the database")
            await asyncio.sleep(PAUSE_SECONDS)


async def reconcile_hub(hub: Hub) -> None:
    """Reconcile the sockets of a hub once; where events may have been lost, let their clients load anew too."""
    lost = hub.events_lost.is_set()
    hub.events_lost.clear()
    try:
        hub.deliver(await run_in_pool(diff_snapshot, take_snapshot(hub)))
    except Exception:
        if lost:
            hub.events_lost.set()
        raise
    if lost:
        for socket in tuple(hub.sockets):
            delay = random.uniform(0, RESYNCHRONISE_SECONDS)  # noqa: S311  spreads the queries
            hub.loop.call_later(delay, socket.resynchronise)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the open sockets of a process assume: topics, pairs of user and room, pairs of user and organisation topic,
    and the last version of each room by topic.
    """

    topics: Collection[str]
    rooms: Collection[tuple[UUID, UUID]]
    organisations: Collection[tuple[UUID, str]]
    versions: Mapping[str, int]


def take_snapshot(hub: Hub) -> Snapshot:
    """Return what the sockets of a hub assume. Call it on the hub's loop."""
    rooms = {(socket.user_id, room_id) for socket in hub.sockets for room_id in _parse_ids(socket.topics, "room:")}
    organisations = {
        (socket.user_id, topic) for socket in hub.sockets for topic in socket.topics if _is_organisation_topic(topic)
    }
    return Snapshot(list(hub.listeners), rooms, organisations, dict(hub.versions))


def diff_snapshot(snapshot: Snapshot) -> list[Event]:
    """Return the events that sockets have missed. At most five queries, however many sockets."""
    return [
        *_find_ended_sessions(snapshot.topics),
        *_find_ended_memberships(snapshot.rooms),
        *_find_ended_organisations(snapshot.organisations),
        *_find_missed_changes(snapshot.topics, snapshot.versions),
    ]


def _find_ended_sessions(topics: Collection[str]) -> list[Event]:
    browsers, tokens = _parse_ids(topics, "session:"), _parse_ids(topics, "token:")
    # A user who has to turn on a second factor first may not connect either.
    allowed = {"user__is_active": True, "user__second_factor_due": False}
    live_sessions = Session.objects.filter(public_id__in=browsers, expire_date__gt=timezone.now(), **allowed)
    live_tokens = TokenFamily.objects.live().filter(pk__in=tokens, **allowed)
    ended = [f"session:{key}" for key in browsers - set(live_sessions.values_list("public_id", flat=True))]
    ended += [f"token:{key}" for key in tokens - set(live_tokens.values_list("pk", flat=True))]
    return [build_session_end(topic) for topic in ended]


def _find_ended_memberships(rooms: Collection[tuple[UUID, UUID]]) -> list[Event]:
    users = {user_id for user_id, _ in rooms}
    belonging = Membership.objects.filter(user=OuterRef("user"), organisation=OuterRef("room__organisation"))
    current = set(RoomMember.objects.filter(Exists(belonging), user__in=users).values_list("user", "room"))
    return [event for user_id, room_id in set(rooms) - current for event in build_room_removal(user_id, room_id)]


def _find_ended_organisations(organisations: Collection[tuple[UUID, str]]) -> list[Event]:
    current = set()
    users = {user_id for user_id, _ in organisations}
    for membership in Membership.objects.filter(user__in=users):
        current.add((membership.user_id, organisation_topic(membership.organisation_id)))
        if membership.role in Membership.OPEN_ROOM_ROLES:
            current.add((membership.user_id, commons_topic(membership.organisation_id)))
    return [build_unsubscribe(user_id, topic) for user_id, topic in set(organisations) - current]


def _find_missed_changes(topics: Collection[str], versions: Mapping[str, int]) -> list[Event]:
    rooms = Room.objects.filter(pk__in=_parse_ids(topics, "room:")).select_related("organisation")
    return [build_room_update(room) for room in rooms if room.version > versions.get(room_topic(room.pk), room.version)]


def _is_organisation_topic(topic: str) -> bool:
    return topic.startswith(("organisation:", "commons:"))


def _parse_ids(topics: Collection[str], prefix: str) -> set[UUID]:
    return {UUID(topic.removeprefix(prefix)) for topic in topics if topic.startswith(prefix)}
