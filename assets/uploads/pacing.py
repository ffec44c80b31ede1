"""Let uploads give way to messages, which would wait for each of their pieces."""

from __future__ import annotations

import asyncio

from lib.realtime.hub import get_current_moment

# Bytes a second that all uploads of this process take together while it delivers messages. Alone they take what comes.
RATE = 40_000_000
# Seconds from a delivery after which uploads are alone again.
QUIET = 1.0


class Pace:
    """When the next bytes of an upload are due. Used on one event loop only."""

    def __init__(self) -> None:
        self._deliveries = 0
        self._busy_until = self._due = 0.0

    async def give_way(self, size: int) -> None:
        """Wait for as long as so many bytes take at the rate, where something was delivered a moment ago."""
        now, deliveries = asyncio.get_running_loop().time(), get_current_moment().deliveries
        if deliveries != self._deliveries:
            self._deliveries, self._busy_until = deliveries, now + QUIET
        if now < self._busy_until:
            self._due = max(self._due, now) + size / RATE
            await asyncio.sleep(self._due - now)


pace = Pace()
