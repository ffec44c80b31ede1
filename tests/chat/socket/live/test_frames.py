"""Bad frames: each is answered, the socket stays open, nothing breaks."""

from typing import Any

import pytest

from tests.lines import talk
from tests.live import LiveServer, Person


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "bad_frame"),
        ("nonsense", "bad_frame"),
        ("[1]", "bad_frame"),
        ("null", "bad_frame"),
        ("[" * 10_000, "bad_frame"),
        ('{"type": "\\ud800"}', "bad_frame"),
        ('{"type": "ping", "ref": ' + "[" * 300 + "]" * 300 + "}", "bad_frame"),
        ("{}", "unknown_type"),
        ('{"type": ["ping"]}', "bad_frame"),
        ('{"type": "call.me"}', "unknown_type"),
        ('{"type": "message.send"}', "invalid"),
        ('{"type": "message.send", "room": 1, "content": []}', "invalid"),
        ('{"type": "read", "room": "0192d3f0-0000-7000-8000-000000000000", "seq": 100000000000000000000}', "invalid"),
        ('{"type": "read", "room": "0192d3f0-0000-7000-8000-000000000000", "seq": -1}', "invalid"),
        ('{"type": "presence", "state": "asleep"}', "invalid"),
        (b"\x00\xff", "bad_frame"),
    ],
)
def test_a_bad_frame_is_answered_and_the_socket_stays_open(
    server: LiveServer, team: tuple[Person, Person, Person, str], frame: bytes | str, code: str
) -> None:
    async def conversation(lines: Any) -> None:
        line = await lines.connect(team[0])
        await line.hear("welcome")
        await line.connection.send(frame)
        assert (await line.hear("error"))["code"] == code
        await line.say(type="ping", ref=[1])
        assert (await line.hear("pong"))["ref"] == [1]

    talk(server, conversation)


def test_a_frame_over_64_kib_closes_the_socket(server: LiveServer, team: tuple[Person, Person, Person, str]) -> None:
    if server.server == "daphne":
        pytest.skip("Daphne bounds frames at its own size")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(team[0])
        await line.connection.send("x" * (64 * 1024 + 1))
        assert await line.closed() == 1009

    talk(server, conversation)


def test_a_refusal_is_in_the_language_of_whoever_hears_it(
    server: LiveServer, team: tuple[Person, Person, Person, str]
) -> None:
    team[0].ask("PATCH", "/me", {"language": "de"})

    async def conversation(lines: Any) -> None:
        words = ((team[0], "Frames dieser Art gibt es nicht."), (team[1], "There is no frame of this type."))
        for person, refusal in words:
            line = await lines.connect(person)
            await line.say(type="nonsense")
            assert (await line.hear("error"))["detail"] == refusal

    try:
        talk(server, conversation)
    finally:
        team[0].ask("PATCH", "/me", {"language": ""})
