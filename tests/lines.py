"""Open sockets as tests talk through them."""

import asyncio
import json

import websockets
from websockets.exceptions import ConnectionClosed

from tests.live import ANSWER_SECONDS


class Line:
    """One open socket that can be asked for the next frame of a type."""

    def __init__(self, connection):
        self.connection = connection

    async def say(self, **frame):
        await self.connection.send(json.dumps(frame))

    async def hear(self, *types, seconds=ANSWER_SECONDS):
        async with asyncio.timeout(seconds):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] in types:
                    return frame

    async def closed(self, seconds=ANSWER_SECONDS):
        """The code it is closed with."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as end:
            return end.rcvd.code


class Lines:
    def __init__(self, server):
        self.server = server
        self.open = []

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        for connection in self.open:
            await connection.close()

    async def connect(self, person=None, **more):
        headers = {"Authorization": f"Bearer {person.token}"} if person else {}
        # Whoever has stopped reading would wait ten seconds for the other's goodbye.
        options = {"max_queue": None, "additional_headers": headers} | more
        connection = await websockets.connect(self.server.socket_url, **options)
        self.open.append(connection)
        return Line(connection)


def talk(server, conversation):
    """Run a conversation of sockets against the server."""

    async def run():
        async with Lines(server) as lines:
            await conversation(lines)

    asyncio.run(run())
