"""The socket on real servers: what members say is acknowledged, and heard."""

import asyncio
import json
from typing import Any

from tests.lines import talk
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
