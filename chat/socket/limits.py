"""How much one socket may send, and how many of them one client may open."""

from __future__ import annotations

import time
from collections import Counter

from django.conf import settings

FRAMES_PER_SECOND = 20.0
BURST = 40.0
# A client that ignores this many refusals is not listening.
MAX_REFUSALS = 100
MAX_SOCKETS_PER_PERSON = 20


class FrameLimit:
    """A token bucket. Refusals are counted, and forgiven once the client slows down."""

    __slots__ = ("_at", "_tokens", "refusals")

    def __init__(self) -> None:
        self._tokens = BURST
        self._at = time.monotonic()
        self.refusals = 0

    def allows(self) -> bool:
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


class Doors:
    """How many sockets of this process come from each client. Who is turned away counts until they are gone."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def enter(self, client: str | None) -> bool:
        """Count one more; whether that isn't too many. Of whom we know no address we know no number."""
        if client is None:
            return True
        self._open[client] += 1
        return not settings.SOCKETS_PER_ADDRESS or self._open[client] <= settings.SOCKETS_PER_ADDRESS

    def leave(self, client: str | None) -> None:
        if client is not None:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]


doors = Doors()
