"""How frames reach a client: by the server's transport where it offers that, else through a bounded queue."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

# More than this waiting for one client means that it does not read. It is cut off and resumes by version.
MAX_WAITING = 1024 * 1024
SEND_SECONDS = 10.0
SLOW_READER = 4008

# The server's extension to the ASGI scope: see config.server.
EXTENSION = "atrium.frames"


class Outbox(Protocol):
    """Takes frames and returns at once."""

    def put(self, payloads: Sequence[bytes], frames: bytes) -> None: ...


class TransportOutbox:
    """Writes ready-made frames to the connection; the server bounds what waits there."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def put(self, payloads: Sequence[bytes], frames: bytes) -> None:
        self._write(frames)


class QueueOutbox:
    """Sends payloads one by one through ASGI; a task lives only while something waits."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]], close: Callable[[int], None]) -> None:
        self._send = send
        self._close = close
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._task: asyncio.Task[None] | None = None

    def put(self, payloads: Sequence[bytes], frames: bytes) -> None:
        self._waiting.extend(payloads)
        self._size += sum(map(len, payloads))
        if self._size > MAX_WAITING:
            self._give_up()
        elif self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                payload = self._waiting.popleft()
                message = {"type": "websocket.send", "text": payload.decode()}
                await asyncio.wait_for(self._send(message), SEND_SECONDS)
                self._size -= len(payload)
        except TimeoutError:
            self._give_up()
        except Exception:  # the client has gone: servers differ in what they raise
            self._waiting.clear()

    def _give_up(self) -> None:
        self._waiting.clear()
        self._size = 0
        self._close(SLOW_READER)


def outbox_for(
    scope: dict[str, Any], send: Callable[[dict[str, Any]], Awaitable[None]], close: Callable[[int], None]
) -> Outbox:
    """The fastest way that this server offers."""
    write = scope.get("extensions", {}).get(EXTENSION)
    return TransportOutbox(write) if write else QueueOutbox(send, close)
