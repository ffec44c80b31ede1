"""Two processes on one database and one Redis are one Atrium."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import websockets

from tests.live import ANSWER_SECONDS, LiveServer

LEASE_SECONDS = 30.0

pytestmark = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs Redis between the processes")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: Any) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("processes")
    with LiveServer(folder) as first:
        second = LiveServer(folder)
        second.env["DATABASE_URL"], second.names = first.env["DATABASE_URL"], first.names
        with second:
            yield first, second


async def hear(connection: Any, kind: Any) -> Any:
    async with asyncio.timeout(ANSWER_SECONDS):
        while (frame := json.loads(await connection.recv()))["type"] != kind:
            pass
        return frame


def test_what_is_said_in_one_process_is_heard_in_the_other(servers: Any) -> None:
    first, second = servers
    ann, ben = first.sign_up("Ann"), second.sign_up("Ben")
    slug = ann.found("Halyard")["slug"]
    ann.invite(slug, ben)
    room = ann.ask("POST", f"/orgs/{slug}/rooms", {"name": "plans", "kind": "group", "member_ids": [ben.id]})["id"]

    async def talk() -> None:
        headers = {"Authorization": f"Bearer {ben.token}"}
        async with websockets.connect(second.socket_url, additional_headers=headers) as socket:
            await hear(socket, "welcome")
            ann.ask("POST", f"/rooms/{room}/messages", {"content": "over there"})
            heard = await hear(socket, "message.created")
            assert heard["message"]["content"] == "over there"

            ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")
            assert (await hear(socket, "room.removed"))["room"] == room
            ann.ask("POST", f"/rooms/{room}/messages", {"content": "without you"})
            await socket.send('{"type": "ping"}')
            assert json.loads(await socket.recv())["type"] == "pong"

    asyncio.run(talk())


def test_processes_hand_out_numbers_without_a_gap(servers: Any) -> None:
    first, second = servers
    ann = first.sign_up("Ann")
    slug = ann.found("Halyard")["slug"]
    [room] = [room["id"] for room in ann.ask("GET", f"/orgs/{slug}/rooms")["items"]]

    async def talk() -> Any:
        headers = {"Authorization": f"Bearer {ann.token}"}
        async with (
            websockets.connect(first.socket_url, additional_headers=headers) as here,
            websockets.connect(second.socket_url, additional_headers=headers) as there,
        ):
            for n in range(40):
                for name, socket in (("here", here), ("there", there)):
                    frame = {"type": "message.send", "room": room, "content": f"{n}", "client_id": f"{name}-{n}"}
                    await socket.send(json.dumps(frame))
            return [(await hear(socket, "ack"))["message"]["seq"] for _ in range(40) for socket in (here, there)]

    assert sorted(asyncio.run(talk())) == list(range(1, 81))


@asynccontextmanager
async def apart(servers: Any) -> AsyncIterator[Any]:
    """Ann is at the second process; Ben watches at the first. Yields her, how she connects, and his socket."""
    first, second = servers
    ann, ben = first.sign_up("Ann"), second.sign_up("Ben")
    ann.invite(ann.found("Halyard")["slug"], ben)
    mine, hers = ({"Authorization": f"Bearer {person.token}"} for person in (ben, ann))
    async with (
        websockets.connect(first.socket_url, additional_headers=mine) as watching,
        websockets.connect(second.socket_url, additional_headers=hers) as there,
    ):
        await hear(watching, "welcome")
        await hear(there, "welcome")
        yield ann, hers, watching


def test_leaving_one_process_is_no_departure_while_another_has_a_socket(servers: Any) -> None:
    async def talk() -> None:
        async with apart(servers) as (ann, hers, watching):
            async with websockets.connect(servers[0].socket_url, additional_headers=hers) as leaving:
                await hear(leaving, "welcome")
            states = []
            while states[-2:] != ["offline", "online"]:
                shown = await hear(watching, "presence")
                states += [shown["state"]] if shown["user"] == ann.id else []

    asyncio.run(talk())


def test_what_somebody_says_of_themself_holds_in_every_process(servers: Any) -> None:
    async def talk() -> None:
        async with apart(servers) as (ann, _, watching):
            ann.ask("PATCH", "/me", {"availability": "busy"})
            while (shown := await hear(watching, "presence"))["user"] != ann.id or shown["state"] != "busy":
                pass

    asyncio.run(talk())


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_users_of_a_process_that_ends_go_offline_for_the_others(servers: Any, end: str) -> None:
    _, second = servers

    async def talk() -> None:
        async with apart(servers) as (ann, _, watching):
            while (await asyncio.to_thread(ann.ask, "GET", "/me"))["presence"] != "online":
                await asyncio.sleep(0.1)
            await asyncio.to_thread(getattr(second, end))
            async with asyncio.timeout(LEASE_SECONDS):
                while (shown := await hear(watching, "presence"))["user"] != ann.id or shown["state"] != "offline":
                    pass
            assert (await asyncio.to_thread(ann.ask, "GET", "/me"))["presence"] == "offline"

    try:
        asyncio.run(talk())
    finally:
        second.start()
