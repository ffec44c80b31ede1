"""How much one socket may send."""

import time

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
