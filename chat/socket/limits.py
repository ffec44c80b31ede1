"""Limit how many frames a socket may send, and how many sockets a client may open."""

from __future__ import annotations

import time
from collections import Counter

from django.conf import settings

FRAMES_PER_SECOND = 20.0
BURST = 40.0
# A client that ignores this many refusals is closed.
MAX_REFUSALS = 100
MAX_SOCKETS_PER_USER = 20


class FrameLimit:
    """A token bucket. Refusals are counted, and reset once the client slows down."""

    __slots__ = ("_at", "_tokens", "refusals")

    def __init__(self) -> None:
        self._tokens = BURST
        self._at = time.monotonic()
        self.refusals = 0

    def allows(self) -> bool:
        """Take one frame from the bucket; tell whether there was one left."""
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._at) * FRAMES_PER_SECOND)
        self._at = now
        if self._tokens < 1:
            self.refusals += 1
            return False
        self._tokens -= 1
        if self._tokens > BURST / 2:
            self.refusals = 0
        return True


class ConnectionLimit:
    """The number of sockets of this process by client network. A rejected one counts until it is closed."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def acquire(self, client: str | None) -> bool:
        """Count one more socket; tell whether it is within the limit. A client of unknown address is not counted."""
        if client is None:
            return True
        self._open[client] += 1
        return not settings.SOCKETS_PER_ADDRESS or self._open[client] <= settings.SOCKETS_PER_ADDRESS

    def release(self, client: str | None) -> None:
        """Count one socket less."""
        if client is not None:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]


connection_limit = ConnectionLimit()
