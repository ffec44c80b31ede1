"""Open sockets as tests talk through them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.live import ANSWER_SECONDS, LiveServer, Person


class Line:
    """One open socket that can be asked for the next frame of a type."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, **frame: Any) -> None:
        await self.connection.send(json.dumps(frame))

    async def hear(self, *types: Any, seconds: int = ANSWER_SECONDS) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] in types:
                    return frame

    async def closed(self, seconds: int = ANSWER_SECONDS) -> int:
        """The code it is closed with."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as end:
            return end.rcvd.code


class Lines:
    def __init__(self, server: LiveServer) -> None:
        self.server = server
        self.open = []

    async def __aenter__(self) -> Lines:
        return self

    async def __aexit__(self, *_: Any) -> None:
        for connection in self.open:
            await connection.close()

    async def connect(self, person: Person | SimpleNamespace | None = None, **more: Any) -> Line:
        headers = {"Authorization": f"Bearer {person.token}"} if person else {}
        # Whoever has stopped reading would wait ten seconds for the other's goodbye.
        options = {"max_queue": None, "additional_headers": headers} | more
        connection = await websockets.connect(self.server.socket_url, **options)
        self.open.append(connection)
        return Line(connection)


def talk(server: LiveServer, conversation: Callable[..., Any]) -> None:
    """Run a conversation of sockets against the server."""

    async def run() -> None:
        async with Lines(server) as lines:
            await conversation(lines)

    asyncio.run(run())
