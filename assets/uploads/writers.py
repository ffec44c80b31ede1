"""Know which requests of this process write to which upload, so that one that has stalled gives way to the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from assets.uploads.errors import UploadRefused

# Without another byte. Clients that come back have lost their connection, which we notice half a minute later.
STALLED_SECONDS = 2.0


class Writer:
    """A request that writes to an upload, by its task."""

    def __init__(self) -> None:
        self.task = asyncio.current_task()
        self.ended = asyncio.Event()
        self.waits = False
        self.is_interrupted = False
        self.can_end = True
        self.moved_at = asyncio.get_running_loop().time()

    def was_cancelled(self) -> bool:
        """Tell whether the cancellation of this request came from `interrupt`, and take it back then."""
        if self.is_interrupted and self.task is not None:
            self.task.uncancel()
        return self.is_interrupted

    def note_bytes(self) -> None:
        """Note that bytes have arrived."""
        self.moved_at = asyncio.get_running_loop().time()

    def is_stalled(self) -> bool:
        """Tell whether nothing has arrived for a while."""
        return asyncio.get_running_loop().time() - self.moved_at > STALLED_SECONDS

    def interrupt(self) -> None:
        """Have the request end as soon as what has arrived is written."""
        self.is_interrupted = True
        if self.waits and self.task is not None:
            self.task.cancel()


class Writers:
    """The requests that write at this moment, by upload. Used on one event loop only."""

    def __init__(self) -> None:
        self._writers: dict[UUID, Writer] = {}

    @asynccontextmanager
    async def claim(self, upload_id: UUID, *, at_once: bool = False) -> AsyncIterator[Writer]:
        """Become the one that writes to an upload, after another one that has stalled, or `at_once` after any other.

        Raise UploadRefused where another one is at work.
        """
        while (other := self._writers.get(upload_id)) is not None:
            if not other.can_end or not (at_once or other.is_stalled()):
                raise UploadRefused(423, "upload_locked")
            other.interrupt()
            await other.ended.wait()
        writer = self._writers[upload_id] = Writer()
        try:
            yield writer
        finally:
            del self._writers[upload_id]
            writer.ended.set()
