"""Who is here: kept in memory by the process that holds the sockets, written down together once a second.

The rows let other processes and new pages know. A row older than `PRESENCE_FRESHNESS` reads as offline, so a process
that dies takes its people's presence with it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from chat.socket import events
from chat.topics import audience_of
from lib.db.threads import run_in_pool

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 1.0
HEARTBEAT_SECONDS = 30.0
# A reload is not a departure.
GRACE_SECONDS = 3.0

STATES = {"active": User.Presence.ONLINE, "busy": User.Presence.BUSY, "away": User.Presence.AWAY}
CHOSEN: dict[str, str] = {User.Availability.BUSY: User.Presence.BUSY, User.Availability.AWAY: User.Presence.AWAY}
RANK = (User.Presence.BUSY, User.Presence.ONLINE, User.Presence.AWAY)


class Listener(Protocol):
    """A socket, by what it listens to."""

    topics: set[str]


@dataclass(slots=True)
class Person:
    """The sockets of one person on this process, what each says, and what they say themself."""

    user_id: UUID
    sockets: dict[Listener, str] = field(default_factory=dict)
    availability: str = User.Availability.AUTO
    shown: str = User.Presence.OFFLINE
    audience: frozenset[str] = frozenset()

    def look_around(self) -> frozenset[str]:
        """The topics that are told. Sockets follow joining and leaving, so they are asked each time."""
        if self.sockets:
            self.audience = audience_of(self.user_id, chain(*(each.topics for each in self.sockets)))
        return self.audience

    @property
    def state(self) -> str:
        says = set(self.sockets.values())
        if says and (chosen := CHOSEN.get(self.availability)):
            return chosen
        return next((state for state in RANK if state in says), User.Presence.OFFLINE)


class PresenceBoard:
    """Used on the event loop; only `save` runs elsewhere."""

    def __init__(self) -> None:
        self._people: dict[UUID, Person] = {}
        self._unsaved: dict[UUID, str] = {}
        self._saving: asyncio.Task[None] | None = None

    def enter(self, socket: Listener, user_id: UUID, availability: str = User.Availability.AUTO) -> None:
        """A socket of theirs has opened, and listens."""
        person = self._people.setdefault(user_id, Person(user_id))
        person.sockets[socket] = User.Presence.ONLINE
        person.availability = availability
        self._show(user_id, person)

    def choose(self, user_id: UUID, availability: str) -> None:
        """How they say they can be reached: `away` or `busy` outranks what their sockets say, `auto` doesn't."""
        person = self._people.get(user_id)
        if person is not None:
            person.availability = availability
            self._show(user_id, person)

    def say(self, socket: Listener, user_id: UUID, state: str) -> None:
        """The person is `active`, `away` or `busy` at this socket."""
        person = self._people.get(user_id)
        if person is not None and socket in person.sockets:
            person.sockets[socket] = STATES[state]
            self._show(user_id, person)

    def leave(self, socket: Listener, user_id: UUID) -> None:
        """A socket that still listens is to close; the last one makes them offline after a moment."""
        person = self._people.get(user_id)
        if person is None:
            return
        person.look_around()
        person.sockets.pop(socket, None)
        if person.sockets:
            self._show(user_id, person)
        else:
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._depart, user_id)

    def reannounce(self, user_id: UUID) -> None:
        """Another process has seen them go, but here they are: say so."""
        person = self._people.get(user_id)
        if person is not None and person.sockets:
            self._announce(user_id, person)

    def connections(self, user_id: UUID) -> int:
        """How many sockets somebody has here."""
        person = self._people.get(user_id)
        return len(person.sockets) if person else 0

    def take_unsaved(self, *, everybody: bool) -> dict[UUID, str]:
        """What to write down: what changed, or (as a heartbeat) all who are here as well."""
        taken, self._unsaved = self._unsaved, {}
        return {user_id: person.shown for user_id, person in self._people.items()} | taken if everybody else taken

    async def close(self) -> None:
        """Write down that everybody has gone: the server stops."""
        if self._saving is not None:
            self._saving.cancel()
        await run_in_pool(save, dict.fromkeys(self.take_unsaved(everybody=True), User.Presence.OFFLINE))

    def _depart(self, user_id: UUID) -> None:
        person = self._people.get(user_id)
        if person is not None and not person.sockets:
            self._show(user_id, person)
            del self._people[user_id]

    def _show(self, user_id: UUID, person: Person) -> None:
        state = person.state
        if state != person.shown:
            person.shown = state
            self._announce(user_id, person)

    def _announce(self, user_id: UUID, person: Person) -> None:
        self._unsaved[user_id] = person.shown
        if self._saving is None or self._saving.done():
            self._saving = asyncio.get_running_loop().create_task(self._save_while_needed())
        events.presence_changed(user_id=user_id, topics=person.look_around(), state=person.shown)

    async def _save_while_needed(self) -> None:
        """Begun by the first to come, ended after the last has gone: not every server tells of its start and stop."""
        since_heartbeat = 0.0
        while self._people or self._unsaved:
            await asyncio.sleep(FLUSH_SECONDS)
            since_heartbeat += FLUSH_SECONDS
            heartbeat = since_heartbeat >= HEARTBEAT_SECONDS
            if heartbeat:
                since_heartbeat = 0.0
            states = self.take_unsaved(everybody=heartbeat)
            if states:
                try:
                    await run_in_pool(save, states)
                except Exception:
                    logger.exception("Presence was not saved")


def save(states: Mapping[UUID, str]) -> None:
    """Write presences down, one statement per state."""
    by_state: defaultdict[str, list[UUID]] = defaultdict(list)
    for user_id, state in states.items():
        by_state[state].append(user_id)
    now = timezone.now()
    for state, user_ids in by_state.items():
        User.objects.filter(pk__in=user_ids).update(presence=state, seen_at=now)


board = PresenceBoard()
