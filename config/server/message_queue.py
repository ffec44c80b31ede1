"""Queue of what a WebSocket has received: one reader, and seldom more than one message."""

from __future__ import annotations

import asyncio
from typing import Any


class MessageQueue:
    """What uvicorn uses of `asyncio.Queue`, whose four deques are an eighth of an idle connection's memory."""

    __slots__ = ("_loop", "_messages", "_reader")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._messages: list[Any] = []
        self._reader: asyncio.Future[None] | None = None

    def put_nowait(self, message: Any) -> None:
        """Add a message, and wake the reader."""
        self._messages.append(message)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def empty(self) -> bool:
        """Tell whether no message waits."""
        return not self._messages

    async def get(self) -> Any:
        """Return the next message once there is one."""
        while not self._messages:
            self._reader = self._loop.create_future()
            await self._reader
        return self._messages.pop(0)
