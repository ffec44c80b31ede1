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
    root = ann.ask("POST", f"/rooms/{room}/messages", {"content": "root", "client_id": "root"})

    def write(name: str, place: dict[str, str]) -> None:
        """Say one thing after the other, each until it is acknowledged."""
        with httpx.Client(base_url=f"{server.url}/api/v1", headers=ann.headers, timeout=2) as client:
            n = 0
            while not done.is_set():
                key = f"{name}-{n}"
                try:
                    answer = client.post(f"/rooms/{room}/messages", json={"content": key, "client_id": key} | place)
                except httpx.TransportError:
                    done.wait(0.05)
                    continue
                assert answer.status_code in (200, 201), answer.text
                acknowledged[key] = answer.json()["thread_seq" if place else "seq"]
                n += 1

    # Half of them in a thread, which has numbers of its own.
    places: list[dict[str, str]] = [{}, {"thread_id": root["id"]}]
    writers = [threading.Thread(target=write, args=(f"w{n}", places[n % 2]), daemon=True) for n in range(WRITERS)]
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

    stored = {}
    for path, number in ((f"/rooms/{room}/messages", "seq"), (f"/messages/{root['id']}/thread", "thread_seq")):
        found = list_all(ann, path, number)
        assert sorted(found.values()) == list(range(1, len(found) + 1))
        stored |= found
    assert acknowledged.items() <= stored.items()


def list_all(person: Person, path: str, number: str) -> dict[str, int]:
    """The number of each message by its client id, walked page by page."""
    found, after = {}, 0
    while page := person.ask("GET", f"{path}?after={after}&limit=200")["items"]:
        found |= {item["client_id"]: item[number] for item in page}
        after = page[-1][number]
    return found


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
