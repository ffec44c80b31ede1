"""Who is here, as colleagues hear it on real servers."""

import asyncio
from typing import Any

import pytest

from tests.lines import Line, talk
from tests.live import LiveServer, Person


def test_presence_is_shown_to_colleagues(server: LiveServer, team: tuple[Person, Person, Person, str]) -> None:
    async def conversation(lines: Any) -> None:
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


def test_presence_follows_who_joins_and_leaves_an_organisation(server: LiveServer) -> None:
    leo, mia, old = server.sign_up("Leo"), server.sign_up("Mia"), server.sign_up("Nia")
    here, there = leo.found("Here")["slug"], old.found("There")["slug"]
    old.invite(there, mia)

    async def conversation(lines: Any) -> None:
        leos, nias, mias = await lines.connect(leo), await lines.connect(old), await lines.connect(mia)
        await nias.hear("presence")
        leo.invite(here, mia)
        mia.ask("DELETE", f"/orgs/{there}/members/{mia.id}")
        await mias.say(type="presence", state="busy")

        assert await hears_of(leos, mia, "busy")
        old.ask("POST", f"/orgs/{there}/rooms", {"name": "after", "kind": "channel"})
        while (frame := await nias.hear("presence", "room.created"))["type"] == "presence":
            assert (frame["user"], frame["state"]) != (mia.id, "busy")

    talk(server, conversation)


def test_guests_hear_of_whom_they_share_a_room_with(server: LiveServer) -> None:
    ann, ben, gus = (server.sign_up(name) for name in ("Anna", "Benno", "Gus"))
    slug = ann.found("Guesthouse")["slug"]
    ann.invite(slug, ben)
    gus.ask("POST", f"/invitations/{ann.ask('POST', f'/orgs/{slug}/invitations', {'role': 'guest'})['token']}/accept")
    room = ann.ask("POST", f"/orgs/{slug}/rooms", {"name": "shared", "kind": "group", "member_ids": [ben.id]})["id"]
    home = gus.found("Home")["slug"]
    own = gus.ask("POST", f"/orgs/{home}/rooms", {"name": "own", "kind": "group"})["id"]

    async def conversation(lines: Any) -> None:
        guests, anns = await lines.connect(gus), await lines.connect(ann)
        for line in (guests, anns):
            await line.hear("welcome")

        async def told_until_now() -> list[Any]:
            """Of whom the guest has heard since the last time: up to what they say to themself."""
            gus.ask("POST", f"/rooms/{own}/messages", {"content": "So much for that"})
            told = []
            while (frame := await guests.hear("user.updated", "presence", "message.created"))["type"] != (
                "message.created"
            ):
                told.append(frame["user"] if frame["type"] == "presence" else frame["user"]["id"])
            return told

        async def hears_of_these(*people: Any) -> None:
            """It may take the guest a moment to look who is in their rooms by now."""
            for attempt in range(30):
                await told_until_now()
                for person in (ann, ben):
                    person.ask("PATCH", "/me", {"name": f"Attempt {attempt}"})
                if (told := await told_until_now()) == [person.id for person in people]:
                    return
                await asyncio.sleep(0.1)
            assert told == [person.id for person in people]

        await hears_of_these()
        ann.ask("POST", f"/rooms/{room}/members", {"user_id": gus.id})
        await hears_of_these(ann, ben)
        await anns.say(type="presence", state="busy")
        assert await hears_of(guests, ann, "busy")

        ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")
        await hears_of_these(ann)
        ann.ask("DELETE", f"/rooms/{room}/members/{gus.id}")
        await hears_of_these()
        await anns.say(type="presence", state="away")
        await anns.say(type="ping")
        await anns.hear("pong")
        assert await told_until_now() == []

        ann.ask("PATCH", f"/orgs/{slug}/members/{gus.id}", {"role": "member"})
        await hears_of_these(ann, ben)

    talk(server, conversation)


async def hears_of(line: Line, person: Person, state: str) -> bool:
    while (shown := await line.hear("presence"))["user"] != person.id or shown["state"] != state:
        pass
    return True


def test_presence_is_written_down_for_pages_to_come(
    server: LiveServer, team: tuple[Person, Person, Person, str]
) -> None:
    async def conversation(lines: Any) -> None:
        ann = await lines.connect(team[0])
        await ann.say(type="presence", state="busy")
        for _ in range(50):
            members = team[1].ask("GET", f"/orgs/{team[3]}/members")["items"]
            if "busy" in [member["user"]["presence"] for member in members]:
                return
            await asyncio.sleep(0.1)
        pytest.fail("Nobody was shown as busy.")

    talk(server, conversation)
