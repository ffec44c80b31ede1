"""Redis restarts while two processes are at rest: what follows in one is known in the other soon."""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import websockets

from tests.live import LiveServer, Person
from tests.redis_server import RedisServer, needs_redis_server

pytestmark = needs_redis_server

RESTARTS = 5
# A tenth of it on a good day; what is not told is noticed after half a minute, if at all.
SECONDS = 10.0
Processes = tuple[RedisServer, LiveServer, LiveServer]


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    folder = tmp_path_factory.mktemp("processes")
    with RedisServer() as redis, LiveServer(folder, REDIS_URL=redis.url) as first:
        second = LiveServer(folder, REDIS_URL=redis.url)
        second.env["DATABASE_URL"], second.names = first.env["DATABASE_URL"], first.names
        with second:
            yield redis, first, second


@pytest.fixture
def room(processes: Processes) -> tuple[Person, Person, str]:
    """Ann at the first process, Ben at the second, and the id of a room of theirs."""
    _, first, second = processes
    ann, ben = first.sign_up("Ann"), second.sign_up("Ben")
    slug = ann.found("Halyard")["slug"]
    ann.invite(slug, ben)
    body = {"name": "plans", "kind": "group", "member_ids": [ben.id]}
    return ann, ben, ann.ask("POST", f"/orgs/{slug}/rooms", body)["id"]


async def hear(socket: Any, kind: str) -> Any:
    while (frame := json.loads(await socket.recv()))["type"] != kind:
        pass
    return frame


def connect(server: LiveServer, token: str) -> Any:
    return websockets.connect(server.socket_url, additional_headers={"Authorization": f"Bearer {token}"})


def test_a_message_is_heard_at_once(processes: Processes, room: tuple[Person, Person, str]) -> None:
    redis, _, second = processes
    ann, ben, room_id = room

    async def talk() -> None:
        async with connect(second, ben.token) as socket:
            await hear(socket, "welcome")
            for n in range(RESTARTS):
                await asyncio.to_thread(redis.restart)
                await asyncio.to_thread(ann.ask, "POST", f"/rooms/{room_id}/messages", {"content": f"{n}"})
                async with asyncio.timeout(SECONDS):
                    while (await hear(socket, "message.created"))["message"]["content"] != f"{n}":
                        pass
                await asyncio.sleep(0.2 * n)  # Redis may come back at any moment of the processes' attempts

    asyncio.run(talk())


def test_a_sign_out_closes_the_socket_at_the_other_process(
    processes: Processes, room: tuple[Person, Person, str]
) -> None:
    redis, _, second = processes
    ann, *_ = room

    async def talk() -> None:
        for n in range(RESTARTS):
            token = await asyncio.to_thread(ann.sign_in)
            async with connect(second, token) as socket:
                await hear(socket, "welcome")
                await asyncio.to_thread(redis.restart)
                await asyncio.sleep(0.2 * n)
                answer = await asyncio.to_thread(
                    ann.post, "/auth/token/revoke", headers={"Authorization": f"Bearer {token}"}
                )
                since = time.monotonic()
                assert answer.status_code == 204
                await socket.wait_closed()
                assert (socket.close_code, time.monotonic() - since < SECONDS) == (4401, True)

    asyncio.run(talk())


def test_a_new_member_hears_their_room_though_it_was_told_to_nobody(
    processes: Processes, room: tuple[Person, Person, str]
) -> None:
    redis, _, second = processes
    ann, ben, _ = room
    slug = ann.ask("GET", "/orgs")["items"][0]["slug"]

    async def talk() -> None:
        async with connect(second, ben.token) as socket:
            await hear(socket, "welcome")
            await asyncio.to_thread(redis.kill)
            body = {"name": "unheard", "kind": "group", "member_ids": [ben.id]}
            room_id = (await asyncio.to_thread(ann.ask, "POST", f"/orgs/{slug}/rooms", body))["id"]
            await asyncio.sleep(6)  # longer than a process tries to send
            await asyncio.to_thread(redis.start)
            async with asyncio.timeout(10):
                known: list[str] = []
                while room_id not in known:
                    known = [each["id"] for each in (await hear(socket, "welcome"))["rooms"]]
                await asyncio.to_thread(ann.ask, "POST", f"/rooms/{room_id}/messages", {"content": "hello"})
                assert (await hear(socket, "message.created"))["message"]["content"] == "hello"

    asyncio.run(talk())


def test_signing_in_works_at_once(processes: Processes, room: tuple[Person, Person, str]) -> None:
    redis, _, _ = processes
    ann, *_ = room
    for _ in range(RESTARTS):
        redis.restart()
        assert ann.sign_in()
