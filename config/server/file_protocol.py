"""Send files over HTTP by `sendfile`, a part at a time, so that messages go out in between."""

from __future__ import annotations

import asyncio
import os
from typing import IO

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from lib.db.threads import thread_pool
from lib.web.send_file import EXTENSION, SendFile

# Bytes that are sent before others get a turn: 0.3 ms at most.
PART = 512 * 1024


class FileProtocol(HttpToolsProtocol):
    """HTTP protocol with `atrium.send_file` in the scope, where sockets are plain and the kernel tells what it holds.

    What a disk has to be asked for is read on a thread first: `sendfile` would stop the event loop meanwhile.
    """

    writable: asyncio.Future[None] | None = None

    def list_extensions(self) -> dict[str, SendFile]:
        """Return what a scope offers to send files."""
        is_plain = self.transport.get_extra_info("sslcontext") is None
        return {EXTENSION: self.send_file} if is_plain and hasattr(os, "RWF_NOWAIT") else {}

    async def send_file(self, file: IO[bytes], count: int) -> None:
        """Send bytes of an open file, from where it stands, after what was sent before. End early with the connection.

        Raise EOFError for a file that ends before.
        """
        cycle = self.cycle
        await self._await_sent(cycle)
        if cycle.disconnected:
            return
        # The loop watches the socket itself for what the client sends.
        socket = os.dup(self.transport.get_extra_info("socket").fileno())
        try:
            await self._send_parts(cycle, socket, file.fileno(), file.tell(), count)
        except (BrokenPipeError, ConnectionResetError):
            await self._await_end(cycle)
        finally:
            os.close(socket)

    async def _await_sent(self, cycle: RequestResponseCycle) -> None:
        """Wait until nothing of the answer waits in this process."""
        self.transport.set_write_buffer_limits(high=0)
        while self.transport.get_write_buffer_size() and not cycle.disconnected:
            await asyncio.sleep(0)
            await self.flow.drain()
        self.transport.set_write_buffer_limits()

    async def _send_parts(self, cycle: RequestResponseCycle, socket: int, file: int, start: int, count: int) -> None:
        end = start + count
        while start < end and not cycle.disconnected:
            part = min(PART, end - start)
            if not _is_in_memory(file, start, part):
                await self.loop.run_in_executor(thread_pool, os.pread, file, part, start)
            try:
                sent = os.sendfile(socket, file, start, part)
            except BlockingIOError:
                await self._await_writable(socket)
                continue
            if not sent:
                raise EOFError
            start += sent
            cycle.expected_content_length -= sent
            await asyncio.sleep(0)

    async def _await_end(self, cycle: RequestResponseCycle) -> None:
        """Close a connection that broke, and wait until all know."""
        self.transport.abort()
        if not cycle.disconnected:
            self.writable = self.loop.create_future()
            await self.writable

    async def _await_writable(self, socket: int) -> None:
        """Wait until the client has taken some, or is gone."""
        self.writable = self.loop.create_future()
        self.loop.add_writer(socket, _wake_waiter, self.writable)
        try:
            await self.writable
        finally:
            self.loop.remove_writer(socket)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go who waits for the client."""
        super().connection_lost(exc)
        if self.writable is not None:
            _wake_waiter(self.writable)


def _wake_waiter(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _is_in_memory(file: int, start: int, count: int) -> bool:
    """Tell whether a part of a file can be read without a disk, by its ends."""
    byte = bytearray(1)
    try:
        return all(os.preadv(file, [byte], place, os.RWF_NOWAIT) for place in (start, start + count - 1))
    except OSError:  # it can't, or the file system can't tell
        return False
