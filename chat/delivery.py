"""From an announced event to the sockets of everybody who may see it.

Inside the process a hub hands one encoded frame to each socket on a topic, without a query, a thread hop or an encoding
per socket. Between processes the channel layer carries an event once per process. Delivery is a hint: whoever misses
one sees a gap in the room's `version` and asks for the changes.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from typing import Any, Literal, Protocol
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)

GROUP = "atrium"
PROCESS = uuid.uuid4().hex
RETRY_SECONDS = 1.0

Action = Literal["send", "subscribe", "unsubscribe", "close", "refresh", "meet", "insist"]


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
    def refresh(self) -> None: ...
    def meet(self) -> None: ...
    def insist(self) -> None: ...


class Hub:
    """The sockets of one event loop, by topic. Used on that loop only."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.listeners: defaultdict[str, dict[Socket, None]] = defaultdict(dict)
        self.sockets: dict[Socket, None] = {}
        self.versions: dict[str, int] = {}
        self._ear: asyncio.Task[None] | None = None

    def join(self, socket: Socket, topics: Iterable[str]) -> None:
        """Start delivering `topics` to a socket."""
        self.sockets[socket] = None
        for topic in topics:
            self.subscribe(socket, topic)
        if self._ear is None and _between_processes():
            self._ear = self.loop.create_task(self._listen())

    def leave(self, socket: Socket) -> None:
        """Forget a socket; the last one to leave takes the hub with it."""
        self.sockets.pop(socket, None)
        for topic in tuple(socket.topics):
            self.unsubscribe(socket, topic)
        if not self.sockets:
            if self._ear is not None:
                self._ear.cancel()
                self._ear = None
            hubs.pop(self.loop, None)

    def note(self, versions: Mapping[str, int]) -> None:
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
                frames = b"".join(map(text_frame, payloads))
                for socket in tuple(listeners):
                    socket.push(payloads, frames)
            else:
                for event in group:
                    self._direct(tuple(listeners), event)

    def _direct(self, sockets: Sequence[Socket], event: Event) -> None:
        for socket in sockets:
            match event.action:
                case "subscribe":
                    self.subscribe(socket, event.argument)
                case "unsubscribe":
                    self.unsubscribe(socket, event.argument)
                case "close":
                    socket.close(int(event.argument))
                case "refresh":
                    socket.refresh()
                case "meet":
                    socket.meet()
                case "insist":
                    socket.insist()

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

    async def _listen(self) -> None:
        """Hear what other processes announce, and keep hearing it through restarts of the broker."""
        layer = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                while True:
                    message = await layer.receive(channel)
                    if message["origin"] != PROCESS:
                        self.deliver([Event(*fields) for fields in message["events"]])
            except asyncio.CancelledError:
                raise
            except Exception:
                logger.exception("The channel layer is out of reach; trying again")
                await asyncio.sleep(RETRY_SECONDS)


hubs: dict[asyncio.AbstractEventLoop, Hub] = {}
_server_loop: asyncio.AbstractEventLoop | None = None
# The loop holds its tasks only weakly.
_spawned: set[asyncio.Task[None]] = set()


def serve_here() -> None:
    """Name the running loop as the one that speaks to other processes, so that no thread has to start its own."""
    global _server_loop
    _server_loop = asyncio.get_running_loop()


def current_hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    hub = hubs.get(loop)
    if hub is None:
        hub = hubs[loop] = Hub(loop)
    return hub


def publish(events: Sequence[Event]) -> None:
    """Deliver events to every socket of every process. Callable from any thread; call it after the commit."""
    for loop, hub in list(hubs.items()):
        if loop is _running_loop():
            hub.deliver(events)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(hub.deliver, events)
    if _between_processes():
        _publish_elsewhere(events)


def spawn(work: Coroutine[Any, Any, None]) -> None:
    """Run something on the running loop that nobody waits for."""
    task = asyncio.get_running_loop().create_task(work)
    _spawned.add(task)
    task.add_done_callback(_spawned.discard)


def text_frame(payload: bytes) -> bytes:
    """An unmasked, unfragmented WebSocket text frame (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def _between_processes() -> bool:
    return not isinstance(get_channel_layer(), InMemoryChannelLayer)


def _publish_elsewhere(events: Sequence[Event]) -> None:
    message: dict[str, Any] = {
        "type": "atrium.events",
        "origin": PROCESS,
        "events": [astuple(event) for event in events],
    }
    if _running_loop() is not None:
        spawn(_send_elsewhere(message))
    elif _server_loop is not None and _server_loop.is_running():
        asyncio.run_coroutine_threadsafe(_send_elsewhere(message), _server_loop)
    else:
        async_to_sync(_send_elsewhere)(message)


async def _send_elsewhere(message: dict[str, Any]) -> None:
    try:
        await get_channel_layer().group_send(GROUP, message)
    except Exception:
        logger.exception("Other processes were not told; their clients catch up by version")


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
