"""How many sockets one person and one address may have open."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from chat.socket.limits import BURST, MAX_REFUSALS, MAX_SOCKETS_PER_USER, ConnectionLimit
from tests.lines import talk
from tests.live import LiveServer

TOO_MANY = 4029
AT_ONE_ADDRESS = MAX_SOCKETS_PER_USER + 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: Any) -> Iterator[LiveServer]:
    bounds = {"THROTTLE": "on", "SOCKETS_PER_ADDRESS": str(AT_ONE_ADDRESS)}
    with LiveServer(tmp_path_factory.mktemp("crowds"), **bounds) as server:
        yield server


def test_more_than_one_person_or_one_address_needs_are_refused(server: LiveServer) -> None:
    ann, ben = server.sign_up("Ann"), server.sign_up("Ben")

    async def conversation(lines: Any) -> None:
        anns = [await lines.connect(ann) for _ in range(MAX_SOCKETS_PER_USER)]
        for line in anns:
            await line.hear("welcome")
        assert await (await lines.connect(ann)).closed() == TOO_MANY

        for _ in range(AT_ONE_ADDRESS - len(anns)):
            await (await lines.connect(ben)).hear("welcome")
        assert await (await lines.connect(ben)).closed() == TOO_MANY
        assert await (await lines.connect()).closed() == TOO_MANY

        await anns[0].connection.close()
        await (await lines.connect(ben)).hear("welcome")
        await anns[1].say(type="ping")
        await anns[1].hear("pong")

    talk(server, conversation)


def test_each_address_has_its_own_number(settings: Settings) -> None:
    settings.SOCKETS_PER_ADDRESS = 1
    limit = ConnectionLimit()

    assert [limit.acquire(client) for client in ("a", "a", "b", None, None)] == [True, False, True, True, True]
    limit.release("a")
    limit.release("a")
    assert limit.acquire("a")


def test_there_may_be_no_bound(settings: Settings) -> None:
    settings.SOCKETS_PER_ADDRESS = 0
    limit = ConnectionLimit()

    assert all(limit.acquire("a") for _ in range(1000))


def test_who_floods_is_answered_then_refused_then_closed(server: LiveServer) -> None:
    flooder, other = server.sign_up("Flo"), server.sign_up("Ben")

    async def conversation(lines: Any) -> None:
        line, quiet = await lines.connect(flooder), await lines.connect(other)
        for each in (line, quiet):
            await each.hear("welcome")
        for _ in range(int(BURST) + MAX_REFUSALS + 60):
            await line.connection.send('{"type": "ping"}')

        assert (await line.hear("error"))["code"] == "rate_limited"
        assert await line.closed() == 1008
        await quiet.say(type="ping")
        await quiet.hear("pong")

    talk(server, conversation)
