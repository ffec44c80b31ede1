"""Send frames to a client: by the server's transport where it offers that, else through a bounded queue."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

# A client with more waiting than this does not read. It is disconnected and resumes by version.
MAX_BUFFERED_BYTES = 1024 * 1024
SEND_SECONDS = 10.0
SLOW_READER = 4008

# The server's extension to the ASGI scope: see config.server.
EXTENSION = "atrium.frames"


class SendBuffer(Protocol):
    """Interface of a buffer: `put` takes frames and returns at once."""

    def put(self, payloads: Sequence[bytes], frames: bytes) -> None: ...


class TransportSendBuffer:
    """Buffer of the server's transport: takes encoded frames, and the server bounds what waits."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def put(self, payloads: Sequence[bytes], frames: bytes) -> None:
        """Write the encoded frames at once."""
        self._write(frames)


class QueueSendBuffer:
    """Queue that sends payloads one by one through ASGI, by a task that lives only while payloads wait."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]], close: Callable[[int], None]) -> None:
        self._send = send
        self._close = close
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._task: asyncio.Task[None] | None = None

    def put(self, payloads: Sequence[bytes], frames: bytes) -> None:
        """Queue the payloads; disconnect a client that has fallen behind."""
        self._waiting.extend(payloads)
        self._size += sum(map(len, payloads))
        if self._size > MAX_BUFFERED_BYTES:
            self._disconnect_slow_reader()
        elif self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._send_waiting())

    async def _send_waiting(self) -> None:
        try:
            while self._waiting:
                payload = self._waiting.popleft()
                message = {"type": "websocket.send", "text": payload.decode()}
                await asyncio.wait_for(self._send(message), SEND_SECONDS)
                self._size -= len(payload)
        except TimeoutError:
            self._disconnect_slow_reader()
        except Exception:  # the client has gone: servers differ in what they raise
            self._waiting.clear()

    def _disconnect_slow_reader(self) -> None:
        self._waiting.clear()
        self._size = 0
        self._close(SLOW_READER)


def create_send_buffer(
    scope: dict[str, Any], send: Callable[[dict[str, Any]], Awaitable[None]], close: Callable[[int], None]
) -> SendBuffer:
    """Create the fastest buffer that this server offers; it calls `close` with 4008 for a client that does not read."""
    write = scope.get("extensions", {}).get(EXTENSION)
    return TransportSendBuffer(write) if write else QueueSendBuffer(send, close)
