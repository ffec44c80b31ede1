"""A client that does not read costs the others nothing: it is closed with 4008 and resumes by version."""

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import websockets
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from lib.realtime.send_buffer import SLOW_READER
from tests.lines import ANSWER_SECONDS, Line
from tests.live import LiveServer

# Until a process has sent some hundred messages it grows by some 100 KB with each, whoever listens.
FIRST_MESSAGES = 200
MESSAGES = 300
CONTENT = "x" * 8000
STALLED = 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path) as server:
        yield server


def memory_of(pid: int) -> int:
    """Resident bytes of a process."""
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def small_pipe(port: int) -> socket:
    """A connection whose receive buffer is soon full."""
    pipe = socket.socket()
    pipe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    pipe.connect(("127.0.0.1", port))
    return pipe


def test_a_reader_that_stalls_is_closed_and_catches_up(server: LiveServer) -> None:
    ann = server.sign_up("Ann")
    slug = ann.found("Halyard")["slug"]
    room = ann.ask("GET", f"/orgs/{slug}/rooms")["items"][0]["id"]
    headers = {"Authorization": f"Bearer {ann.token}"}

    async def say(talker: Line, count: int) -> None:
        for _ in range(count):
            await talker.say(type="message.send", ref=1, room=room, content=CONTENT, client_id=str(uuid4()))
            await talker.hear("ack")

    async def read(stalled: websockets.ClientConnection) -> tuple[ConnectionClosedError, list[dict]]:
        received = []
        with pytest.raises(ConnectionClosed) as end:
            while True:
                received.append(json.loads(await asyncio.wait_for(stalled.recv(), ANSWER_SECONDS)))
        return end.value, received

    async def run() -> tuple[ConnectionClosedError, list[dict], int]:
        talker = Line(await websockets.connect(server.socket_url, additional_headers=headers))
        await talker.hear("welcome")
        await say(talker, FIRST_MESSAGES)
        options = {"additional_headers": headers, "max_queue": 1, "ping_interval": None}
        stalled = [
            await websockets.connect(server.socket_url, sock=small_pipe(server.port), **options) for _ in range(STALLED)
        ]
        before = memory_of(server.process.pid)
        await say(talker, MESSAGES)
        grown = memory_of(server.process.pid) - before
        end, received = await read(stalled[0])
        await talker.connection.close()
        return end, received, grown

    end, received, grown = asyncio.run(run())

    assert end.rcvd is None or end.rcvd.code == SLOW_READER
    assert grown < STALLED * MESSAGES * len(CONTENT)  # each message is twice that, as text and as HTML
    versions = [frame["version"] for frame in received if frame["type"] == "message.created"]
    last = FIRST_MESSAGES + len(versions)
    assert versions == list(range(FIRST_MESSAGES + 1, last + 1))
    assert len(versions) < MESSAGES
    missed = ann.ask("GET", f"/rooms/{room}/changes?since={last}&limit=200")
    assert missed["items"][0]["version"] == last + 1
