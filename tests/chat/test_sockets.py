"""The socket on real servers: members hear, strangers are refused, the revoked are cut off."""

import asyncio
import json
import uuid

import pytest
import websockets
from websockets.exceptions import ConnectionClosed

from tests.live import LiveServer


@pytest.fixture(scope="module", params=["uvicorn", "daphne"])
def server(request, tmp_path_factory):
    with LiveServer(tmp_path_factory.mktemp(request.param), server=request.param) as server:
        yield server


@pytest.fixture(scope="module")
def team(server):
    """Ann founds an organisation, Ben joins it, Eve stays outside."""
    ann, ben, eve = (server.sign_up(name) for name in ("Ann", "Ben", "Eve"))
    slug = ann.found("Halyard")["slug"]
    ann.invite(slug, ben)
    return ann, ben, eve, slug


@pytest.fixture
def room(team):
    ann, ben, _, slug = team
    return ann.ask("POST", f"/orgs/{slug}/rooms", {"name": "plans", "kind": "group", "member_ids": [ben.id]})["id"]


class Line:
    """One open socket that can be asked for the next frame of a type."""

    def __init__(self, connection):
        self.connection = connection

    async def say(self, **frame):
        await self.connection.send(json.dumps(frame))

    async def hear(self, *types, seconds=5):
        async with asyncio.timeout(seconds):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] in types:
                    return frame

    async def closed(self, seconds=5):
        """The code it is closed with."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as end:
            return end.rcvd.code


class Lines:
    def __init__(self, server):
        self.server = server
        self.open = []

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        for connection in self.open:
            await connection.close()

    async def connect(self, person=None, **more):
        headers = {"Authorization": f"Bearer {person.token}"} if person else {}
        connection = await websockets.connect(self.server.socket_url, additional_headers=headers, **more)
        self.open.append(connection)
        return Line(connection)


def talk(server, conversation):
    """Run a conversation of sockets against the server."""

    async def run():
        async with Lines(server) as lines:
            await conversation(lines)

    asyncio.run(run())


def test_welcome_is_the_first_frame_and_tells_ones_rooms(server, team, room):
    async def conversation(lines):
        line = await lines.connect(team[0])
        frame = json.loads(await line.connection.recv())
        assert frame["type"] == "welcome"
        assert frame["user"]["id"] == team[0].id
        [mine] = [entry for entry in frame["rooms"] if entry["id"] == room]
        assert mine == {"id": room, "version": 0, "last_seq": 0, "last_read_seq": 0, "unread": 0, "mentions": 0}
        await line.say(type="hello", ref="h")
        assert (await line.hear("welcome"))["ref"] == "h"

    talk(server, conversation)


def test_a_message_is_acknowledged_and_heard_by_members(server, team, room):
    async def conversation(lines):
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        await ann.say(type="message.send", ref=1, room=room, content="**hi**", client_id="a")

        ack, heard = await ann.hear("ack"), await ben.hear("message.created")
        assert ack["ref"] == 1
        assert ack["message"] == heard["message"]
        assert (heard["room"], heard["version"]) == (room, 1)
        assert "<strong>hi</strong>" in heard["html"]

    talk(server, conversation)


def test_a_retry_gives_the_same_message_and_is_not_told_twice(server, team, room):
    async def conversation(lines):
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        acks = []
        for ref in range(3):
            await ann.say(type="message.send", ref=ref, room=room, content="once", client_id="same")
            acks.append(await ann.hear("ack"))
        team[0].ask("POST", f"/rooms/{room}/messages", {"content": "last"})

        assert len({ack["message"]["id"] for ack in acks}) == 1
        assert [(await ben.hear("message.created"))["message"]["content"] for _ in range(2)] == ["once", "last"]

    talk(server, conversation)


def test_sends_in_flight_together_are_answered_in_order(server, team, room):
    async def conversation(lines):
        ann = await lines.connect(team[0])
        for ref in range(50):
            await ann.say(type="message.send", ref=ref, room=room, content=f"number {ref}", client_id=f"n{ref}")
        acks = [await ann.hear("ack") for _ in range(50)]

        assert [ack["ref"] for ack in acks] == list(range(50))
        assert [ack["message"]["seq"] for ack in acks] == list(range(1, 51))

    talk(server, conversation)


def test_rest_and_socket_are_one_corridor(server, team, room):
    async def conversation(lines):
        ben = await lines.connect(team[1])
        message = team[0].ask("POST", f"/rooms/{room}/messages", {"content": "helo"})
        team[0].ask("PATCH", f"/messages/{message['id']}", {"content": "hello"})
        team[0].ask("DELETE", f"/messages/{message['id']}")

        assert (await ben.hear("message.created"))["message"]["content"] == "helo"
        assert (await ben.hear("message.updated"))["message"]["content"] == "hello"
        gone = await ben.hear("message.deleted")
        assert (gone["version"], gone["message"]["content"]) == (3, None)

    talk(server, conversation)


def test_nobody_is_closed_with_4401(server):
    async def conversation(lines):
        assert await (await lines.connect()).closed() == 4401
        assert await (await lines.connect(subprotocols=["atrium.v1", "bearer.atr_wrong"])).closed() == 4401

    talk(server, conversation)


def test_a_browser_elsewhere_brings_its_token_as_a_protocol(server, team):
    async def conversation(lines):
        line = await lines.connect(subprotocols=["atrium.v1", f"bearer.{team[0].token}"])
        assert line.connection.subprotocol == "atrium.v1"
        assert (await line.hear("welcome"))["user"]["id"] == team[0].id

    talk(server, conversation)


def test_a_stranger_hears_nothing_and_can_do_nothing(server, team, room):
    ann, _, eve, _ = team

    async def conversation(lines):
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


def test_a_removed_member_is_told_and_hears_nothing_more(server, team, room):
    ann, ben, _, _ = team

    async def conversation(lines):
        line = await lines.connect(ben)
        await line.hear("welcome")
        ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")
        assert (await line.hear("room.removed", seconds=1))["room"] == room
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "without you"})
        await line.say(type="ping")
        assert (await line.hear("message.created", "pong"))["type"] == "pong"

    talk(server, conversation)


def test_a_new_member_hears_at_once(server, team, room):
    ann, ben, _, _ = team
    ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")

    async def conversation(lines):
        line = await lines.connect(ben)
        await line.hear("welcome")
        ann.ask("POST", f"/rooms/{room}/members", {"user_id": ben.id})
        assert (await line.hear("room.created"))["room"]["id"] == room
        ann.ask("POST", f"/rooms/{room}/messages", {"content": "welcome back"})
        assert (await line.hear("message.created"))["message"]["content"] == "welcome back"

    talk(server, conversation)


def test_ending_the_session_closes_its_socket(server, team):
    fay = server.sign_up(f"Fay{uuid.uuid4().hex[:6]}")

    async def conversation(lines):
        line = await lines.connect(fay)
        await line.hear("welcome")
        [session] = fay.ask("GET", "/me/sessions")["items"]
        fay.ask("DELETE", f"/me/sessions/{session['id']}")
        assert await line.closed(seconds=1) == 4401

    talk(server, conversation)


def test_typing_is_shown_to_the_room(server, team, room):
    async def conversation(lines):
        ann, ben = await lines.connect(team[0]), await lines.connect(team[1])
        await ben.hear("welcome")
        await ann.say(type="typing", room=room, state="start")
        shown = await ben.hear("typing")
        assert (shown["room"], shown["user"]["id"], shown["state"]) == (room, team[0].id, "start")

    talk(server, conversation)


def test_reading_here_clears_the_other_window(server, team, room):
    async def conversation(lines):
        phone, laptop = await lines.connect(team[1]), await lines.connect(team[1])
        await laptop.hear("welcome")
        team[0].ask("POST", f"/rooms/{room}/messages", {"content": "read me"})
        await phone.say(type="read", room=room, seq=1)
        shown = await laptop.hear("read")
        assert (shown["room"], shown["seq"], shown["unread"]) == (room, 1, 0)

    talk(server, conversation)


def test_presence_is_shown_to_colleagues(server, team):
    async def conversation(lines):
        ben = await lines.connect(team[1])
        await ben.hear("welcome")
        ann = await lines.connect(team[0])
        await ann.hear("welcome")
        await ann.say(type="presence", state="busy")
        states = []
        while "busy" not in states:
            shown = await ben.hear("presence")
            states += [shown["state"]] if shown["user"] == team[0].id else []
        assert states[-1] == "busy"

    talk(server, conversation)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "bad_frame"),
        ("nonsense", "bad_frame"),
        ("[1]", "bad_frame"),
        ("null", "bad_frame"),
        ("[" * 10_000, "bad_frame"),
        ('{"type": "\\ud800"}', "bad_frame"),
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
def test_a_bad_frame_is_answered_and_the_socket_stays_open(server, team, frame, code):
    async def conversation(lines):
        line = await lines.connect(team[0])
        await line.hear("welcome")
        await line.connection.send(frame)
        assert (await line.hear("error"))["code"] == code
        await line.say(type="ping", ref=[1])
        assert (await line.hear("pong"))["ref"] == [1]

    talk(server, conversation)


def test_a_frame_over_64_kib_closes_the_socket(server, team):
    if server.server == "daphne":
        pytest.skip("Daphne bounds frames at its own size")

    async def conversation(lines):
        line = await lines.connect(team[0])
        await line.connection.send("x" * (64 * 1024 + 1))
        assert await line.closed() == 1009

    talk(server, conversation)
