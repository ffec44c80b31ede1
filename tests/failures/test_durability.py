"""Killed half-way: what was acknowledged is there, once, in order; what was not can be sent again."""

import asyncio
import json
import signal
import threading
import time
from typing import Any

import httpx
import websockets

from tests.live import ANSWER_SECONDS, LiveServer, Person

WRITERS, MESSAGES = 4, 20
KILLS = 3


def wait_for_more(acknowledged: dict[str, Any]) -> None:
    """Wait until some more messages are: each server that is killed is busy."""
    enough, deadline = len(acknowledged) + MESSAGES, time.monotonic() + 2 * ANSWER_SECONDS
    while len(acknowledged) < enough:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(
    server: LiveServer, ann: Person, room: str
) -> None:
    acknowledged: dict[str, int] = {}
    done = threading.Event()

    def write(name: str) -> None:
        """Say one thing after the other, each until it is acknowledged."""
        with httpx.Client(base_url=f"{server.url}/api/v1", headers=ann.headers, timeout=2) as client:
            n = 0
            while not done.is_set():
                key = f"{name}-{n}"
                try:
                    answer = client.post(f"/rooms/{room}/messages", json={"content": key, "client_id": key})
                except httpx.TransportError:
                    done.wait(0.05)
                    continue
                assert answer.status_code in (200, 201), answer.text
                acknowledged[key] = answer.json()["seq"]
                n += 1

    writers = [threading.Thread(target=write, args=(f"w{n}",), daemon=True) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(KILLS):
        wait_for_more(acknowledged)
        server.kill()
        server.start()
    wait_for_more(acknowledged)
    done.set()
    for writer in writers:
        writer.join()

    stored, after = {}, 0
    while page := ann.ask("GET", f"/rooms/{room}/messages?after={after}&limit=200")["items"]:
        stored |= {item["client_id"]: item["seq"] for item in page}
        after = page[-1]["seq"]
    assert acknowledged.items() <= stored.items()
    assert sorted(stored.values()) == list(range(1, len(stored) + 1))


def test_a_stop_tells_sockets_to_come_back_and_finishes_what_it_began(
    server: LiveServer, ann: Person, room: str
) -> None:
    async def run() -> tuple[int, set[int]]:
        headers = {"Authorization": f"Bearer {ann.token}"}
        sockets = [await websockets.connect(server.socket_url, additional_headers=headers) for _ in range(10)]
        for socket in sockets:
            assert json.loads(await socket.recv())["type"] == "welcome"
        for n in range(5):
            await sockets[0].send(
                json.dumps({"type": "message.send", "room": room, "content": f"{n}", "client_id": f"{n}"})
            )
        code = await asyncio.to_thread(server.stop)
        for socket in sockets:
            await socket.wait_closed()
        return code, {socket.close_code for socket in sockets}

    code, closes = asyncio.run(run())

    assert code in (0, -signal.SIGTERM)
    assert closes == {1012}
