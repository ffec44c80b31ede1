"""The load generator: one thread, one epoll, one shared buffer, so that the server is the bottleneck.

A server that is ahead only makes several frames arrive in one read, which costs less per frame.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable
from typing import Protocol

from tests.benchmarks.wire import CLOSE, PING, PONG, FrameCounter, Refused, masked_frame, open_websocket

# A frame that stretches over reads is put in front of the next one, so it has to fit twice.
READ_SIZE = 256 * 1024
LONGEST_WAIT = 0.05

buffer = bytearray(READ_SIZE * 2)
view = memoryview(buffer)


Tick = Callable[[], float | None]


class Connection(Protocol):
    sock: socket.socket

    def readable(self) -> int:
        """Take in what has arrived; how many bytes that was."""
        ...


class Loop:
    """Reads from whatever has something to say."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._connections: dict[int, Connection] = {}

    def add(self, connection: Connection) -> None:
        self._connections[connection.sock.fileno()] = connection
        self._epoll.register(connection.sock.fileno(), select.EPOLLIN)

    def remove(self, connection: Connection) -> None:
        self._epoll.unregister(connection.sock.fileno())
        del self._connections[connection.sock.fileno()]
        connection.sock.close()

    def run(
        self,
        seconds: float,
        *,
        until: Callable[[], bool] = lambda: False,
        tick: Callable[[], float | None] | None = None,
    ) -> bool:
        """Read for a while, or until something is so; whether it came to be so.

        `tick` runs after each turn and may answer in how many seconds it wants to run again.
        """
        deadline = time.perf_counter() + seconds
        connections, poll = self._connections, self._epoll.poll
        wish = tick() if tick else None
        while not until():
            left = deadline - time.perf_counter()
            if left <= 0:
                return False
            for descriptor, _ in poll(max(0.0, min(left, LONGEST_WAIT, LONGEST_WAIT if wish is None else wish))):
                connections[descriptor].readable()
            if tick:
                wish = tick()
        return True

    def settle(self, *, quiet: float = 0.7, at_most: float = 30.0) -> None:
        """Read until nothing has come for a while."""
        deadline = time.perf_counter() + at_most
        heard = time.perf_counter()
        while (now := time.perf_counter()) < deadline and now - heard < quiet:
            for descriptor, _ in self._epoll.poll(LONGEST_WAIT):
                self._connections[descriptor].readable()
                heard = time.perf_counter()

    def close(self) -> None:
        for connection in list(self._connections.values()):
            self.remove(connection)
        self._epoll.close()


class Tally:
    """How many messages have arrived at all the sockets that share it."""

    __slots__ = ("delivered",)

    def __init__(self) -> None:
        self.delivered = 0


class Member:
    """A socket that listens. `delivered` counts the messages that have arrived at it."""

    def __init__(
        self, port: int, path: str, header: str, *, marker: bytes, watch: bytes = b"", tally: Tally | None = None
    ) -> None:
        self.frames = FrameCounter(marker, watch)
        self.delivered = 0
        self.tally = tally or Tally()
        # Given the number of the first new message and how many they are, as they arrive.
        self.on_delivery: Callable[[int, int], None] | None = None
        self.sock, rest = open_websocket(port, path, header)
        buffer[: len(rest)] = rest
        self._take(len(rest))

    def readable(self) -> int:
        left = self.frames.left
        kept = len(left)
        if kept:
            buffer[:kept] = left
        try:
            size = self.sock.recv_into(view[kept : kept + READ_SIZE])
        except BlockingIOError:
            return 0
        if not size:
            raise Refused("The server hung up on a member")
        self._take(kept + size)
        return size

    def say(self, payload: bytes) -> None:
        """Send a text frame. Frames are so small and so few in flight that the kernel always has room."""
        self.sock.sendall(masked_frame(0x81, payload))

    def _take(self, end: int) -> None:
        found = self.frames.feed(buffer, end)
        if found:
            if self.on_delivery:
                self.on_delivery(self.delivered, found)
            self.delivered += found
            self.tally.delivered += found
        if self.frames.control:
            self._answer()

    def _answer(self) -> None:
        for opcode, payload in self.frames.control:
            if opcode == CLOSE:
                raise Refused(f"The server closed a member's socket with {int.from_bytes(payload[:2], 'big')}")
            if opcode == PING:
                self.sock.sendall(masked_frame(PONG, payload))
        self.frames.control.clear()


class Reader:
    """A keep-alive HTTP client that asks again as soon as it is answered. `answers` counts those with status 200.

    With `next_body` it posts JSON to each path.
    """

    def __init__(
        self, port: int, header: str, next_path: Callable[[], str], next_body: Callable[[], bytes] | None = None
    ) -> None:
        self._port, self._header, self._next_path, self._next_body = port, header, next_path, next_body
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answers = 0
        self.asking = True
        self.size = 0
        self._head = b""
        self._missing = 0

    def ask(self) -> None:
        body = self._next_body() if self._next_body else b""
        method, fields = "GET", ""
        if self._next_body:
            method, fields = "POST", f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        request = f"{method} {self._next_path()} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{fields}{self._header}"
        self.sock.sendall(f"{request}\r\n\r\n".encode() + body)

    def readable(self) -> int:
        size = self.sock.recv_into(view[:READ_SIZE])
        if not size:
            raise Refused("The server hung up on a reader")
        if self._missing:
            self._missing -= size
        else:
            self._begin(size)
        if self._missing == 0 and not self._head:
            self.answers += 1
            if self.asking:
                self.ask()
        return size

    def _begin(self, size: int) -> None:
        self._head += bytes(view[:size])
        head, end, body = self._head.partition(b"\r\n\r\n")
        if not end:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise Refused(self._head[:2000].decode("latin-1"))
        fields = head.lower()
        at = fields.find(b"content-length:")
        if at < 0:
            raise Refused("An answer without Content-Length")
        self.size = int(fields[at + 15 : (fields.find(b"\r\n", at) + 1 or len(fields) + 1) - 1])
        self._missing = self.size - len(body)
        self._head = b""
