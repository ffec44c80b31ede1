"""The socket on real servers: strangers are refused, the revoked are cut off."""

import asyncio
import uuid
from typing import Any

import pytest
import websockets
from websockets.exceptions import InvalidStatus

from tests.lines import Lines, talk
from tests.live import LiveServer, Person


def test_nobody_is_closed_with_4401(server: LiveServer) -> None:
    async def conversation(lines: Lines) -> None:
        assert await (await lines.connect()).closed() == 4401
        assert await (await lines.connect(subprotocols=["atrium.v1", "bearer.atr_wrong"])).closed() == 4401

    talk(server, conversation)


def test_there_is_no_other_socket(server: LiveServer) -> None:
    async def conversation(lines: Any) -> None:
        with pytest.raises(InvalidStatus) as refused:
            await websockets.connect(f"{server.socket_url}other")
        assert refused.value.response.status_code == 403

    talk(server, conversation)


def test_a_browser_elsewhere_brings_its_token_as_a_protocol(
    server: LiveServer, team: tuple[Person, Person, Person, str]
) -> None:
    async def conversation(lines: Any) -> None:
        line = await lines.connect(subprotocols=["atrium.v1", f"bearer.{team[0].token}"])
        assert line.connection.subprotocol == "atrium.v1"
        assert (await line.hear("welcome"))["user"]["id"] == team[0].id

    talk(server, conversation)


def test_a_stranger_hears_nothing_and_can_do_nothing(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    ann, _, eve, _ = team

    async def conversation(lines: Any) -> None:
        line = await lines.connect(eve)
        await line.hear("welcome")
        for frame in (
            {"type": "message.send", "content": "let me in"},
            {"type": "typing", "state": "start"},
            {"type": "read", "seq": 1},
        ):
            await line.say(ref=frame["type"], room=room, **frame)
            error = await line.hear("error")
            assert (error["ref"], error["code"]) == (frame["type"], "not_found")
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "secret"})
        await line.say(type="ping", ref="p")
        assert (await line.hear("message.created", "pong"))["type"] == "pong"

    talk(server, conversation)


def test_a_removed_member_is_told_and_hears_nothing_more(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    ann, ben, _, _ = team
    root = ben.ask("POST", f"/rooms/{room}/messages", {"content": "who replies?"})["id"]
    ann.ask("POST", f"/rooms/{room}/messages", {"content": "me", "thread_id": root})

    async def conversation(lines: Any) -> None:
        line = await lines.connect(ben)
        await line.hear("welcome")
        ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")
        assert (await line.hear("room.removed", seconds=1))["room"] == room
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "without you"})
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "nor here, @ben", "thread_id": root})
        await line.say(type="ping")
        frame = await line.hear("message.created", "message.updated", "read", "thread.read", "pong")
        assert frame["type"] == "pong"

    talk(server, conversation)
    assert ben.get(f"/messages/{root}/thread").status_code == 404


def test_a_new_member_hears_at_once(server: LiveServer, team: tuple[Person, Person, Person, str], room: str) -> None:
    ann, ben, _, _ = team
    ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(ben)
        await line.hear("welcome")
        ann.ask("POST", f"/rooms/{room}/members", {"user_id": ben.id})
        assert (await line.hear("room.created"))["room"]["id"] == room
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "welcome back"})
        assert (await line.hear("message.created"))["message"]["content"] == "welcome back"

    talk(server, conversation)


def test_ending_the_session_closes_its_socket(server: LiveServer, team: tuple[Person, Person, Person, str]) -> None:
    fay = server.sign_up(f"Fay{uuid.uuid4().hex[:6]}")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(fay)
        await line.hear("welcome")
        [session] = fay.ask("GET", "/me/sessions")["items"]
        fay.ask("DELETE", f"/me/sessions/{session['id']}")
        assert await line.closed(seconds=1) == 4401

    talk(server, conversation)


def test_an_access_token_that_has_run_out_ends_no_socket(server: LiveServer) -> None:
    kim = server.sign_up("Kim")

    async def conversation(lines: Any) -> None:
        line = await lines.connect(kim)
        await line.hear("welcome")
        server.manage(
            "shell", "-c", "from accounts.models import AccessToken as A; A.objects.order_by('pk').last().delete()"
        )
        kim.headers["Authorization"] = f"Bearer {kim.sign_in()}"
        for name in ("Kim K.", "Kim"):
            kim.ask("PATCH", "/me", {"name": name})
            assert (await line.hear("user.updated"))["user"]["name"] == name
            await asyncio.sleep(0.2)  # for what a change makes the socket ask
        await line.say(type="ping")
        await line.hear("pong")

    talk(server, conversation)


def test_a_token_that_ends_unannounced_closes_its_socket_all_the_same(server: LiveServer) -> None:
    async def conversation(lines: Any) -> None:
        line = await lines.connect(server.sign_up("Joe"))
        await line.hear("welcome")
        server.manage(
            "shell", "-c", "from accounts.models import TokenFamily as F; F.objects.order_by('pk').last().delete()"
        )
        assert await line.closed() == 4401

    talk(server, conversation)
