"""Track presence in the memory of the process that has the sockets, and save changes together, four times a second.

The rows tell other processes and new pages (`presence_rows`). The users of a process that dies become offline: other
processes find that it no longer renews their rows.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol
from uuid import UUID

from accounts.models import User
from chat.socket import events
from chat.socket.presence_rows import end_lapsed_presences, release_presences, save_presences
from chat.topics import presence_topics
from lib.db.threads import run_in_pool

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 0.25
HEARTBEAT_SECONDS = 10.0
SWEEP_SECONDS = 5.0
# A page that is reloaded does not make its user offline.
GRACE_SECONDS = 3.0

STATES = {"active": User.Presence.ONLINE, "busy": User.Presence.BUSY, "away": User.Presence.AWAY}
CHOSEN: dict[str, str] = {User.Availability.BUSY: User.Presence.BUSY, User.Availability.AWAY: User.Presence.AWAY}
RANK = (User.Presence.BUSY, User.Presence.ONLINE, User.Presence.AWAY)


class Listener(Protocol):
    """A socket and the topics that it hears."""

    topics: set[str]


@dataclass(slots=True)
class UserPresence:
    """The sockets of one user on this process with the state of each, and the availability that the user chose."""

    user_id: UUID
    sockets: dict[Listener, str] = field(default_factory=dict)
    availability: str = User.Availability.AUTO
    shown: str = User.Presence.OFFLINE
    audience: frozenset[str] = frozenset()

    def refresh_audience(self) -> frozenset[str]:
        """Return the topics on which the presence is announced, worked out anew from what the sockets hear."""
        if self.sockets:
            self.audience = presence_topics(self.user_id, chain(*(socket.topics for socket in self.sockets)))
        return self.audience

    @property
    def state(self) -> str:
        """Return the presence: what the user chose, else the highest-ranking state of their sockets."""
        states = set(self.sockets.values())
        if states and (chosen := CHOSEN.get(self.availability)):
            return chosen
        return next((state for state in RANK if state in states), User.Presence.OFFLINE)


class PresenceBoard:
    """The presence of all users with sockets on this process. For the event loop."""

    def __init__(self) -> None:
        self._users: dict[UUID, UserPresence] = {}
        self._unsaved: dict[UUID, str] = {}
        self._saving: asyncio.Task[None] | None = None

    def add_socket(self, socket: Listener, user_id: UUID, availability: str = User.Availability.AUTO) -> None:
        """Count a socket that has opened."""
        user = self._users.setdefault(user_id, UserPresence(user_id))
        user.sockets[socket] = User.Presence.ONLINE
        user.availability = availability
        self._announce_if_changed(user_id, user)

    def set_availability(self, user_id: UUID, availability: str) -> None:
        """Set what a user chose: `away` or `busy` outranks the states of their sockets, `auto` doesn't."""
        user = self._users.get(user_id)
        if user is not None:
            user.availability = availability
            self._announce_if_changed(user_id, user)

    def set_socket_state(self, socket: Listener, user_id: UUID, state: str) -> None:
        """Set a user's state at one socket: `active`, `away` or `busy`."""
        user = self._users.get(user_id)
        if user is not None and socket in user.sockets:
            user.sockets[socket] = STATES[state]
            self._announce_if_changed(user_id, user)

    def remove_socket(self, socket: Listener, user_id: UUID) -> None:
        """Forget a socket that is about to close; after the last one the user is offline `GRACE_SECONDS` later."""
        user = self._users.get(user_id)
        if user is None:
            return
        user.refresh_audience()
        user.sockets.pop(socket, None)
        if user.sockets:
            self._announce_if_changed(user_id, user)
        else:
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._remove_if_gone, user_id)

    def reannounce(self, user_id: UUID) -> None:
        """Announce a user with sockets here again, after another process has announced them as offline."""
        user = self._users.get(user_id)
        if user is not None and user.sockets:
            self._announce_state(user_id, user)

    def count_sockets(self, user_id: UUID) -> int:
        """Return how many sockets a user has on this process."""
        user = self._users.get(user_id)
        return len(user.sockets) if user else 0

    def take_unsaved(self, *, include_all: bool) -> dict[UUID, str]:
        """Return the presences to save: those that changed, or (as a heartbeat) all."""
        taken, self._unsaved = self._unsaved, {}
        return {user_id: user.shown for user_id, user in self._users.items()} | taken if include_all else taken

    async def close(self) -> None:
        """End the leases of all users: the server stops."""
        if self._saving is not None:
            self._saving.cancel()
        await run_in_pool(save_presences, self._unsaved)
        await run_in_pool(release_presences, list(self._users))

    def _remove_if_gone(self, user_id: UUID) -> None:
        user = self._users.get(user_id)
        if user is not None and not user.sockets:
            self._announce_if_changed(user_id, user)
            del self._users[user_id]

    def _announce_if_changed(self, user_id: UUID, user: UserPresence) -> None:
        state = user.state
        if state != user.shown:
            user.shown = state
            self._announce_state(user_id, user)

    def _announce_state(self, user_id: UUID, user: UserPresence) -> None:
        self._unsaved[user_id] = user.shown
        if self._saving is None or self._saving.done():
            self._saving = asyncio.get_running_loop().create_task(self._save_while_needed())
        events.presence_changed(user_id=user_id, topics=user.refresh_audience(), state=user.shown)

    async def _save_while_needed(self) -> None:
        """Save changes, and sweep, until the last user has gone: not every server tells of its start and stop."""
        loop = asyncio.get_running_loop()
        saved_at, swept_at = loop.time(), -SWEEP_SECONDS
        while self._users or self._unsaved:
            heartbeat = loop.time() - saved_at >= HEARTBEAT_SECONDS
            try:
                if states := self.take_unsaved(include_all=heartbeat):
                    await run_in_pool(save_presences, states)
                if heartbeat:
                    saved_at = loop.time()
                if loop.time() - swept_at >= SWEEP_SECONDS:
                    swept_at = loop.time()
                    await self._announce_lapsed()
            except Exception:
                logger.exception("Presence was not saved")
            await asyncio.sleep(FLUSH_SECONDS)

    async def _announce_lapsed(self) -> None:
        """Announce users as offline who were online in a process that died."""
        lapsed = await run_in_pool(end_lapsed_presences, here=list(self._users))
        for user_id, topics in lapsed.items():
            events.presence_changed(user_id=user_id, topics=topics, state=User.Presence.OFFLINE)


board = PresenceBoard()
