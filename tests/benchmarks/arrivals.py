"""People who connect at the same moment, such as after a restart."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Iterable
from itertools import islice

from tests.benchmarks.load import READ_SIZE, Loop, view
from tests.benchmarks.wire import HANDSHAKE_SECONDS, HOST, Refused, build_handshake

ARRIVAL_SECONDS = 120.0
# Daphne resets connections when more than 50 wait to be accepted.
IN_FLIGHT = 40


class Arrival:
    """A socket that opens without waiting for the server. It has arrived once the server has sent `greeting`."""

    def __init__(self, port: int, path: str, header: str, greeting: bytes) -> None:
        self.has_arrived = False
        self._greeting = greeting
        self._heard = b""
        self.sock = socket.create_connection((HOST, port), timeout=HANDSHAKE_SECONDS)
        self.sock.sendall(build_handshake(port, path, header))
        self.sock.setblocking(False)

    def readable(self) -> int:
        size = self.sock.recv_into(view[:READ_SIZE])
        if not size:
            raise Refused("The server hung up on somebody who connected")
        if not self.has_arrived:  # what follows is read and not looked at
            self._heard += bytes(view[:size])
            self.has_arrived = self._greeting in self._heard
        return size


def await_all(loop: Loop, arrivals: Iterable[Arrival]) -> None:
    """Let everybody connect as fast as they are let in, and read until all have arrived."""
    coming, waiting = iter(arrivals), deque[Arrival]()

    def nobody_is_missing() -> bool:
        while waiting and waiting[0].has_arrived:
            waiting.popleft()
        for arrival in islice(coming, IN_FLIGHT - len(waiting)):
            waiting.append(arrival)
            loop.add(arrival)
        return not waiting

    if not loop.run(ARRIVAL_SECONDS, until=nobody_is_missing):
        raise RuntimeError("Not everybody has arrived")
