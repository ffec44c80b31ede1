"""A client that does not read costs the others nothing: it is closed with 4008 and resumes by version."""

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from lib.realtime.send_buffer import SLOW_READER
from tests.lines import Line
from tests.live import LiveServer

MESSAGES = 400
CONTENT = "x" * 8000


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

    async def run() -> tuple[ConnectionClosedError, list[dict], int]:
        stalled = await websockets.connect(
            server.socket_url, additional_headers=headers, sock=small_pipe(server.port), max_queue=1, ping_interval=None
        )
        talker = Line(await websockets.connect(server.socket_url, additional_headers=headers))
        await talker.hear("welcome")
        before = memory_of(server.process.pid)
        for n in range(MESSAGES):
            await talker.say(type="message.send", ref=n, room=room, content=CONTENT, client_id=f"{n}")
            await talker.hear("ack")
        grown = memory_of(server.process.pid) - before
        received = []
        with pytest.raises(ConnectionClosed) as end:
            while True:
                received.append(json.loads(await stalled.recv()))
        await talker.connection.close()
        return end.value, received, grown

    end, received, grown = asyncio.run(run())

    assert end.rcvd is None or end.rcvd.code == SLOW_READER
    assert grown < 40 * 1024 * 1024
    versions = [frame["version"] for frame in received if frame["type"] == "message.created"]
    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) < MESSAGES
    missed = ann.ask("GET", f"/rooms/{room}/changes?since={len(versions)}&limit=200")
    assert missed["items"][0]["version"] == len(versions) + 1
