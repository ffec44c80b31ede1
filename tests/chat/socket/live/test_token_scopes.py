"""A personal token on the socket: it hears and says what its scopes are for."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.lines import talk
from tests.live import LiveServer, Person

ALL = ["account:write", "rooms:read", "messages:write"]
WRITES = {
    "message.send": {"content": "hi", "client_id": "1"},
    "typing": {"state": "start"},
    "read": {"seq": 0},
}


@pytest.fixture
def token(team: tuple[Person, Person, Person, str]) -> Callable[..., Any]:
    """A personal token of Ann's for these scopes."""

    def make(*scopes: Any) -> SimpleNamespace:
        made = team[0].ask("POST", "/me/tokens", {"name": "Script", "scopes": scopes})
        return SimpleNamespace(token=made["token"], id=made["id"])

    return make


def test_with_all_it_needs_it_hears_and_speaks(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str, token: Callable[..., Any]
) -> None:
    script = token(*ALL)

    async def conversation(lines: Any) -> None:
        line, ben = await lines.connect(script), await lines.connect(team[1])
        await line.hear("welcome")
        await ben.hear("welcome")
        await line.say(type="presence", state="busy")
        await line.say(type="message.send", room=room, content="from a script", client_id="script-1", ref=1)
        assert (await line.hear("ack", "error"))["type"] == "ack"
        assert (await ben.hear("message.created"))["message"]["content"] == "from a script"

    talk(server, conversation)


@pytest.mark.parametrize("frame", WRITES)
def test_reading_is_no_leave_to_write(server: LiveServer, room: str, token: Callable[..., Any], frame: str) -> None:
    script = token("rooms:read", "messages:read")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(script)
        await line.hear("welcome")
        await line.say(type=frame, room=room, ref="r", **WRITES[frame])
        refused = await line.hear("ack", "error")
        assert (refused["code"], refused["ref"]) == ("scope_missing", "r")
        assert "messages:write" in refused["detail"]
        await line.say(type="ping")
        await line.hear("pong")

    talk(server, conversation)


def test_presence_is_part_of_the_account(server: LiveServer, token: Callable[..., Any]) -> None:
    script = token("rooms:read", "messages:write")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(script)
        await line.hear("welcome")
        await line.say(type="presence", state="busy")
        assert "account:write" in (await line.hear("error"))["detail"]

    talk(server, conversation)


@pytest.mark.parametrize("scopes", [("messages:write",), ("rooms:admin",), ("account:read",)])
def test_without_leave_to_listen_it_hears_nothing(
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    room: str,
    token: Callable[..., Any],
    scopes: tuple[str],
) -> None:
    script = token(*scopes)

    async def conversation(lines: Any) -> None:
        line = await lines.connect(script)
        assert (await line.hear("welcome", "error"))["code"] == "scope_missing"
        await line.say(type="hello", ref=1)
        assert (await line.hear("welcome", "error"))["code"] == "scope_missing"
        team[1].ask("POST", f"/rooms/{room}/messages", {"content": "not for the script"})
        team[1].ask("PUT", f"/rooms/{room}/read", {"seq": 0})
        await line.say(type="ping")
        assert (await line.hear("pong", "message.created", "read", "presence"))["type"] == "pong"

    talk(server, conversation)


def test_leave_to_write_alone_is_enough_to_post(server: LiveServer, room: str, token: Callable[..., Any]) -> None:
    script = token("messages:write")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(script)
        await line.hear("error")
        await line.say(type="message.send", room=room, content="posted blindly", client_id="blind-1", ref=1)
        assert (await line.hear("ack", "error"))["type"] == "ack"

    talk(server, conversation)


@pytest.mark.parametrize("scopes", [ALL, ["messages:write"]])
def test_revoking_closes_its_socket_within_a_second(
    server: LiveServer, team: tuple[Person, Person, Person, str], token: Callable[..., Any], scopes: list[str]
) -> None:
    script = token(*scopes)

    async def conversation(lines: Any) -> None:
        line, other = await lines.connect(script), await lines.connect(team[0])
        await line.hear("welcome", "error")
        await other.hear("welcome")
        team[0].ask("DELETE", f"/me/tokens/{script.id}")
        assert await line.closed(seconds=1) == 4401
        await other.say(type="ping")
        await other.hear("pong")

    talk(server, conversation)


def test_who_hears_nothing_still_goes_when_a_second_factor_is_asked_for(server: LiveServer) -> None:
    owner = server.sign_up(f"Owner{server.server}")
    member = server.sign_up(f"Member{server.server}")
    slug = owner.found("Strict")["slug"]
    owner.invite(slug, member)
    made = member.ask("POST", "/me/tokens", {"name": "Script", "scopes": ["messages:write"]})
    script = SimpleNamespace(token=made["token"])

    async def conversation(lines: Any) -> None:
        line = await lines.connect(script)
        await line.hear("error")
        owner.ask("PATCH", f"/orgs/{slug}", {"requires_second_factor": True})
        assert await line.closed(seconds=1) == 4403

    talk(server, conversation)
