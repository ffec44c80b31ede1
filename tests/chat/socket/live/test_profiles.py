"""What somebody changes of themself, heard by their colleagues and by nobody else."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.lines import Line, talk
from tests.live import LiveServer, Person


@pytest.fixture
def ann(team: tuple[Person, Person, Person, str]) -> Iterator[Person]:
    yield team[0]
    team[0].ask("PATCH", "/me", {"availability": "auto", "status": None})


async def until(line: Line, person: Person, state: str) -> None:
    while (shown := await line.hear("presence"))["user"] != person.id or shown["state"] != state:
        pass


def test_away_and_busy_are_said_for_all_sockets_until_taken_back(
    server: LiveServer, team: tuple[Person, Person, Person, str], ann: Person
) -> None:
    async def conversation(lines: Any) -> None:
        ben, phone = await lines.connect(team[1]), await lines.connect(ann)
        await phone.hear("welcome")
        await asyncio.to_thread(ann.ask, "PATCH", "/me", {"availability": "busy"})
        await until(ben, ann, "busy")

        laptop = await lines.connect(ann)
        assert (await laptop.hear("welcome"))["user"]["availability"] == "busy"
        await phone.say(type="presence", state="away")
        await asyncio.to_thread(ann.ask, "PATCH", "/me", {"availability": "away"})
        assert (await ben.hear("presence"))["state"] == "away"
        await asyncio.to_thread(ann.ask, "PATCH", "/me", {"availability": "auto"})
        await until(ben, ann, "online")

    talk(server, conversation)


def test_a_status_is_heard_by_colleagues_alone(
    server: LiveServer, team: tuple[Person, Person, Person, str], ann: Person
) -> None:
    async def conversation(lines: Any) -> None:
        ben, eve = await lines.connect(team[1]), await lines.connect(team[2])
        await ben.hear("welcome")
        await eve.hear("welcome")
        await asyncio.to_thread(ann.ask, "PATCH", "/me", {"status": {"emoji": "🌴"}})

        heard = await ben.hear("user.updated")
        assert (heard["user"]["id"], heard["user"]["status"]["emoji"]) == (ann.id, "🌴")
        await eve.say(type="ping")
        assert (await eve.hear("pong", "user.updated"))["type"] == "pong"

    talk(server, conversation)
