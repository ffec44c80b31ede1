"""Deliver published events to the sockets that subscribe to their topic.

Inside the process a hub hands one encoded frame to each socket on a topic, without a query, a thread hop or an encoding
per socket. Between processes Redis carries an event once per process. Delivery is a hint: a client that
misses an event sees a gap in the room's `version` and asks for the changes.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple, Protocol
from uuid import UUID

from lib.realtime import broker
from lib.realtime.frames import encode_text_frame

logger = logging.getLogger(__name__)

# Topics of which a hub knows when they were last announced on.
MAX_ANNOUNCED = 10_000

Action = Literal["send", "subscribe", "unsubscribe", "close", "reauthorise", "refresh_audience", "reannounce_presence"]


@dataclass(frozen=True, slots=True)
class Event:
    """Frame for all sockets on a topic, or a change to the subscriptions of those sockets.

    `subscribe` and `unsubscribe` take a topic as `argument`, `close` a WebSocket close code. `version` is the room's,
    where the frame reports a change in one. Sockets on a topic of `told_on` have been told the frame there.
    """

    topic: str
    frame: bytes = b""
    action: Action = "send"
    argument: str = ""
    version: int = 0
    told_on: Sequence[str] = ()


class Socket(Protocol):
    """Interface of a connection to the hub. Each call returns at once."""

    topics: set[str]

    @property
    def user_id(self) -> UUID: ...
    def push(self, payloads: Sequence[bytes], frames: bytes) -> None: ...
    def close(self, code: int) -> None: ...
    def reauthorise(self) -> None: ...
    def refresh_audience(self) -> None: ...
    def reannounce_presence(self) -> None: ...
    def resynchronise(self) -> None: ...


class Hub:
    """Registry of the sockets of one event loop, by topic. Used on that loop only."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.listeners: defaultdict[str, dict[Socket, None]] = defaultdict(dict)
        self.sockets: dict[Socket, None] = {}
        self.versions: dict[str, int] = {}
        # Set while events of other processes may have been lost; whoever makes up for them clears it.
        self.events_lost = asyncio.Event()
        # Set once events of other processes arrive, or Redis does not answer.
        self.ready = asyncio.Event()
        self.deliveries = 0
        # By topic, the number of the last delivery to it. Those up to `_forgotten` are not known any more.
        self._announced: dict[str, int] = {}
        self._forgotten = 0
        self._receiving: asyncio.Task[None] | None = None

    def join(self, socket: Socket, topics: Iterable[str]) -> None:
        """Add a socket and subscribe it to `topics`."""
        self.sockets[socket] = None
        for topic in topics:
            self.subscribe(socket, topic)
        if not broker.connects_processes():
            self.ready.set()
        elif self._receiving is None:
            self._receiving = self.loop.create_task(
                broker.receive_events(self._deliver_remote, self._report_loss, self.ready)
            )

    def leave(self, socket: Socket) -> None:
        """Remove a socket; remove the hub with the last of them."""
        self.sockets.pop(socket, None)
        for topic in tuple(socket.topics):
            self.unsubscribe(socket, topic)
        if not self.sockets:
            if self._receiving is not None:
                self._receiving.cancel()
                self._receiving = None
            hubs.pop(self.loop, None)

    def remember_versions(self, versions: Mapping[str, int]) -> None:
        """Remember the versions of topics for which no event has arrived yet."""
        for topic, version in versions.items():
            self.versions.setdefault(topic, version)

    def deliver(self, events: Sequence[Event]) -> None:
        """Deliver events in order; successive frames for one topic go out in one write per socket."""
        self.deliveries += 1
        for (topic, action, told_on), group in groupby(events, key=attrgetter("topic", "action", "told_on")):
            self._announced[topic] = self.deliveries
            listeners = self.listeners.get(topic)
            if not listeners:
                continue
            if action == "send":
                successive = list(group)
                self.versions[topic] = max(self.versions.get(topic, 0), max(event.version for event in successive))
                payloads = [event.frame for event in successive]
                frames = b"".join(map(encode_text_frame, payloads))
                for socket in tuple(listeners):
                    if not told_on or socket.topics.isdisjoint(told_on):
                        socket.push(payloads, frames)
            else:
                for event in group:
                    self._apply_action(tuple(listeners), event)

        if len(self._announced) > MAX_ANNOUNCED:
            self._announced.clear()
            self._forgotten = self.deliveries

    def may_have_announced(self, topics: Iterable[str], *, since: Moment) -> bool:
        """Tell whether something was announced on these topics since a moment, or could have been unheard."""
        if since.hub is not self or since.deliveries < self._forgotten:
            return True
        latest = self._announced.get
        return any(latest(topic, 0) > since.deliveries for topic in topics)

    def _apply_action(self, sockets: Sequence[Socket], event: Event) -> None:
        for socket in sockets:
            match event.action:
                case "subscribe":
                    self.subscribe(socket, event.argument)
                case "unsubscribe":
                    self.unsubscribe(socket, event.argument)
                case "close":
                    socket.close(int(event.argument))
                case "reauthorise":
                    socket.reauthorise()
                case "refresh_audience":
                    socket.refresh_audience()
                case "reannounce_presence":
                    socket.reannounce_presence()

    def subscribe(self, socket: Socket, topic: str) -> None:
        """Add a topic to the subscriptions of a socket."""
        self.listeners[topic][socket] = None
        socket.topics.add(topic)

    def unsubscribe(self, socket: Socket, topic: str) -> None:
        """Remove a topic from the subscriptions of a socket; forget a topic without subscribers."""
        socket.topics.discard(topic)
        if listeners := self.listeners.get(topic):
            listeners.pop(socket, None)
            if not listeners:
                del self.listeners[topic]
                self.versions.pop(topic, None)

    def _report_loss(self) -> None:
        self.deliveries += 1
        self._forgotten = self.deliveries
        self.events_lost.set()

    def _deliver_remote(self, events: Sequence[Sequence[Any]]) -> None:
        self.deliver([Event(*fields) for fields in events])


class Moment(NamedTuple):
    """A moment on an event loop: its hub then, if one was hearing everything, and how much that had delivered."""

    hub: Hub | None
    deliveries: int


hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def get_current_hub() -> Hub:
    """Return the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    hub = hubs.get(loop)
    if hub is None:
        hub = hubs[loop] = Hub(loop)
    return hub


def get_current_moment() -> Moment:
    """Return this moment on the running event loop."""
    hub = hubs.get(asyncio.get_running_loop())
    return Moment(hub, hub.deliveries) if hub and hub.ready.is_set() else Moment(None, 0)
