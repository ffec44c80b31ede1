"""From an announced event to the sockets of everybody who may see it.

Inside the process a hub hands one encoded frame to each socket on a topic, without a query, a thread hop or an encoding
per socket. Between processes the channel layer carries an event once per process. Delivery is a hint: whoever misses
one sees a gap in the room's `version` and asks for the changes.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, Protocol
from uuid import UUID

from lib.realtime import broker
from lib.realtime.frames import encode_text_frame

logger = logging.getLogger(__name__)


Action = Literal["send", "subscribe", "unsubscribe", "close", "reauthorise", "refresh_audience", "reannounce_presence"]


@dataclass(frozen=True, slots=True)
class Event:
    """A frame for all sockets on a topic, or a change to what those sockets listen to.

    `subscribe` and `unsubscribe` take a topic as `argument`, `close` a WebSocket close code. `version` is the room's,
    where the frame tells of a change in one.
    """

    topic: str
    frame: bytes = b""
    action: Action = "send"
    argument: str = ""
    version: int = 0


class Socket(Protocol):
    """What the hub asks of a connection. Each call returns at once."""

    topics: set[str]

    @property
    def user_id(self) -> UUID: ...
    def push(self, payloads: Sequence[bytes], frames: bytes) -> None: ...
    def close(self, code: int) -> None: ...
    def reauthorise(self) -> None: ...
    def refresh_audience(self) -> None: ...
    def reannounce_presence(self) -> None: ...


class Hub:
    """The sockets of one event loop, by topic. Used on that loop only."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.listeners: defaultdict[str, dict[Socket, None]] = defaultdict(dict)
        self.sockets: dict[Socket, None] = {}
        self.versions: dict[str, int] = {}
        self._receiving: asyncio.Task[None] | None = None

    def join(self, socket: Socket, topics: Iterable[str]) -> None:
        """Start delivering `topics` to a socket."""
        self.sockets[socket] = None
        for topic in topics:
            self.subscribe(socket, topic)
        if self._receiving is None and broker.connects_processes():
            self._receiving = self.loop.create_task(broker.receive_events(self._deliver_remote))

    def leave(self, socket: Socket) -> None:
        """Forget a socket; the last one to leave takes the hub with it."""
        self.sockets.pop(socket, None)
        for topic in tuple(socket.topics):
            self.unsubscribe(socket, topic)
        if not self.sockets:
            if self._receiving is not None:
                self._receiving.cancel()
                self._receiving = None
            hubs.pop(self.loop, None)

    def remember_versions(self, versions: Mapping[str, int]) -> None:
        """Remember how far rooms have come that nothing was heard of yet."""
        for topic, version in versions.items():
            self.versions.setdefault(topic, version)

    def deliver(self, events: Sequence[Event]) -> None:
        """Hand over events in order; those in a row for one topic go out in one write per socket."""
        for (topic, action), group in groupby(events, key=lambda event: (event.topic, event.action)):
            listeners = self.listeners.get(topic)
            if not listeners:
                continue
            if action == "send":
                sent = list(group)
                self.versions[topic] = max(self.versions.get(topic, 0), max(event.version for event in sent))
                payloads = [event.frame for event in sent]
                frames = b"".join(map(encode_text_frame, payloads))
                for socket in tuple(listeners):
                    socket.push(payloads, frames)
            else:
                for event in group:
                    self._apply(tuple(listeners), event)

    def _apply(self, sockets: Sequence[Socket], event: Event) -> None:
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
        self.listeners[topic][socket] = None
        socket.topics.add(topic)

    def unsubscribe(self, socket: Socket, topic: str) -> None:
        socket.topics.discard(topic)
        if listeners := self.listeners.get(topic):
            listeners.pop(socket, None)
            if not listeners:
                del self.listeners[topic]
                self.versions.pop(topic, None)

    def _deliver_remote(self, events: Sequence[Sequence[Any]]) -> None:
        self.deliver([Event(*fields) for fields in events])


hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def current_hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    hub = hubs.get(loop)
    if hub is None:
        hub = hubs[loop] = Hub(loop)
    return hub
