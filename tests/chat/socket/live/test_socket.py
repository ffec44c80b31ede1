"""The socket on real servers: members hear, strangers are refused, the revoked are cut off."""

import asyncio
import json
import uuid
from typing import Any

import pytest
import websockets
from websockets.exceptions import InvalidStatus

from tests.lines import Lines, talk
from tests.live import LiveServer, Person


def test_welcome_is_the_first_frame_and_tells_ones_rooms(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    async def conversation(lines: Any) -> None:
        line = await lines.connect(team[0])
        frame = json.loads(await line.connection.recv())
        assert frame["type"] == "welcome"
        assert frame["user"]["id"] == team[0].id
        [mine] = [entry for entry in frame["rooms"] if entry["id"] == room]
        assert mine == {"id": room, "version": 0, "last_seq": 0, "last_read_seq": 0, "unread": 0, "mentions": 0}
        await line.say(type="hello", ref="h")
        assert (await line.hear("welcome"))["ref"] == "h"

    talk(server, conversation)


def test_a_message_is_acknowledged_and_heard_by_members(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    async def conversation(lines: Any) -> None:
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        await ann.say(type="message.send", ref=1, room=room, content="**hi**", client_id="a")

        ack, heard = await ann.hear("ack"), await ben.hear("message.created")
        assert ack["ref"] == 1
        assert ack["message"] == heard["message"]
        assert (heard["room"], heard["version"]) == (room, 1)
        assert "<strong>hi</strong>" in heard["html"]

    talk(server, conversation)


def test_the_acknowledgement_alone_tells_whom_the_message_names_who_is_not_in_the_room(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    outsider = server.sign_up("Olga")
    team[0].invite(team[3], outsider)

    async def conversation(lines: Any) -> None:
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        await ann.say(type="message.send", ref=1, room=room, content="@olga", client_id="a")

        ack, heard = await ann.hear("ack"), await ben.hear("message.created")
        assert [user["username"] for user in ack["message"]["not_in_room"]] == ["olga"]
        assert "not_in_room" not in heard["message"]

    talk(server, conversation)


def test_a_retry_gives_the_same_message_and_is_not_told_twice(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    async def conversation(lines: Any) -> None:
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        acks = []
        for ref in range(3):
            await ann.say(type="message.send", ref=ref, room=room, content="once", client_id="same")
            acks.append(await ann.hear("ack"))
        team[0].ask("POST", f"/rooms/{room}/messages", {"content": "last"})

        assert len({ack["message"]["id"] for ack in acks}) == 1
        assert [(await ben.hear("message.created"))["message"]["content"] for _ in range(2)] == ["once", "last"]

    talk(server, conversation)


def test_sends_in_flight_together_are_answered_in_order(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    async def conversation(lines: Any) -> None:
        ann = await lines.connect(team[0])
        for ref in range(50):
            await ann.say(type="message.send", ref=ref, room=room, content=f"number {ref}", client_id=f"n{ref}")
        acks = [await ann.hear("ack") for _ in range(50)]

        assert [ack["ref"] for ack in acks] == list(range(50))
        assert [ack["message"]["seq"] for ack in acks] == list(range(1, 51))

    talk(server, conversation)


def test_rest_and_socket_are_one_corridor(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    async def conversation(lines: Any) -> None:
        ben = await lines.connect(team[1])
        message = team[0].ask("POST", f"/rooms/{room}/messages", {"content": "helo"})
        team[0].ask("PATCH", f"/messages/{message['id']}", {"content": "hello"})
        team[0].ask("DELETE", f"/messages/{message['id']}")

        assert (await ben.hear("message.created"))["message"]["content"] == "helo"
        assert (await ben.hear("message.updated"))["message"]["content"] == "hello"
        gone = await ben.hear("message.deleted")
        assert (gone["version"], gone["message"]["content"]) == (3, None)

    talk(server, conversation)


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

    async def conversation(lines: Any) -> None:
        line = await lines.connect(ben)
        await line.hear("welcome")
        ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")
        assert (await line.hear("room.removed", seconds=1))["room"] == room
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "without you"})
        await line.say(type="ping")
        assert (await line.hear("message.created", "pong"))["type"] == "pong"

    talk(server, conversation)


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


def test_typing_is_shown_to_the_room(server: LiveServer, team: tuple[Person, Person, Person, str], room: str) -> None:
    async def conversation(lines: Any) -> None:
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        await ben.hear("welcome")
        await ann.say(type="typing", room=room, state="start")
        shown = await ben.hear("typing")
        assert (shown["room"], shown["user"]["id"], shown["state"]) == (room, team[0].id, "start")

    talk(server, conversation)


def test_reading_here_clears_the_other_window(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    async def conversation(lines: Any) -> None:
        phone, laptop = await lines.connect(team[1]), await lines.connect(team[1])
        await laptop.hear("welcome")
        team[0].ask("POST", f"/rooms/{room}/messages", {"content": "read me"})
        await phone.say(type="read", room=room, seq=1)
        shown = await laptop.hear("read")
        assert (shown["room"], shown["seq"], shown["unread"]) == (room, 1, 0)

    talk(server, conversation)


def test_a_socket_that_opens_while_the_last_one_closes_hears_everything(server: LiveServer) -> None:
    ida = server.sign_up("Ida")

    async def conversation(lines: Any) -> None:
        last = await lines.connect(ida)
        for round in range(20):
            coming = asyncio.create_task(lines.connect(ida))
            await asyncio.sleep(round / 1000)  # somewhere on its way in
            await last.connection.close()
            last = await coming
            await last.hear("welcome")
            ida.ask("PATCH", "/me", {"name": f"Ida {round}"})
            assert (await last.hear("user.updated"))["user"]["name"] == f"Ida {round}"

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
