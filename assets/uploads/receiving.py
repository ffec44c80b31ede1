"""Append the body of a request to the file of an upload as it arrives, in batches, off the event loop."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assets.uploads.errors import BodyTooLong, ClientGone, UploadRefused
from assets.uploads.files import UploadFile
from assets.uploads.pacing import pace
from assets.uploads.writers import Writer
from lib.db.threads import NICE, lower_priority

# Bytes of one write. Two such batches are in memory at once: one is written while the other arrives.
BATCH = 1024 * 1024
FEW_PARTS = 16
# After so many seconds of a body its upload is prolonged, then each time that so many have gone by.
FIRST_KEPT, KEPT = 5, 300

# One thread: uploads that come at once share what one would take, and leave the rest to all else.
writing_pool = ThreadPoolExecutor(1, thread_name_prefix="atrium-writes", initializer=lower_priority, initargs=(NICE,))


class Receiver:
    """The body of one request, which may have `limit` bytes; their hashes by `algorithms` are in `hashes`.

    `prolong` is awaited now and then, where a body takes long.
    """

    def __init__(
        self,
        receive: Any,
        file: UploadFile,
        writer: Writer,
        *,
        limit: int,
        algorithms: set[str],
        prolong: Callable[[], Awaitable[None]],
    ) -> None:
        self.hashes = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
        self._receive = receive
        self._file = file
        self._writer = writer
        self._limit = limit
        self._prolong = prolong
        self._prolong_at = asyncio.get_running_loop().time() + FIRST_KEPT
        self._arrived: list[bytes] = []
        self._size = 0
        self._writing: asyncio.Future[None] | None = None

    async def run(self) -> None:
        """Append all that comes; what has arrived before any failure stays.

        Raise ClientGone, BodyTooLong, OSError, UploadRefused for one that was interrupted by another request, and what
        `prolong` raises.
        """
        more = True
        try:
            while more:
                message = await self._receive_message()
                body = message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > self._limit:
                    raise BodyTooLong
                self._limit -= len(body)
                self._arrived.append(body)
                self._size += len(body)
                if self._size >= BATCH:
                    await self._write_batch()
                await pace.give_way(len(body))
                if more and body and (now := asyncio.get_running_loop().time()) >= self._prolong_at:
                    self._prolong_at = now + KEPT
                    await self._prolong()
        finally:
            await self._write_batch()
            await self._end_writing()

    async def _receive_message(self) -> Any:
        if self._writer.is_interrupted:
            raise UploadRefused(423, "upload_locked")
        self._writer.waits = True
        try:
            message = await self._receive()
        except asyncio.CancelledError:
            if self._writer.was_cancelled():
                raise UploadRefused(423, "upload_locked") from None
            raise
        finally:
            self._writer.waits = False
        if message["type"] == "http.disconnect":
            raise ClientGone
        self._writer.note_bytes()
        return message

    async def _write_batch(self) -> None:
        """Begin to write what has arrived, once what came before is written."""
        await self._end_writing()
        parts, self._arrived, self._size = self._arrived, [], 0
        if parts:
            self._writing = asyncio.get_running_loop().run_in_executor(writing_pool, self._append_batch, parts)

    async def _end_writing(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            # Not to be cancelled: the file is closed next.
            await asyncio.shield(writing)

    def _append_batch(self, parts: list[bytes]) -> None:
        # Each part costs a call of the system, and to join them costs a copy.
        parts = [b"".join(parts)] if len(parts) > FEW_PARTS else parts
        self._file.append(parts)
        for digest in self.hashes.values():
            for part in parts:
                digest.update(part)
