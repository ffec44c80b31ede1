"""Who is here, as colleagues hear it on real servers."""

import asyncio

import pytest

from tests.lines import talk


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


def test_presence_follows_who_joins_and_leaves_an_organisation(server):
    leo, mia, old = server.sign_up("Leo"), server.sign_up("Mia"), server.sign_up("Nia")
    here, there = leo.found("Here")["slug"], old.found("There")["slug"]
    old.invite(there, mia)

    async def conversation(lines):
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


async def hears_of(line, person, state):
    while (shown := await line.hear("presence"))["user"] != person.id or shown["state"] != state:
        pass
    return True


def test_presence_is_written_down_for_pages_to_come(server, team):
    async def conversation(lines):
        ann = await lines.connect(team[0])
        await ann.say(type="presence", state="busy")
        for _ in range(50):
            members = team[1].ask("GET", f"/orgs/{team[3]}/members")["items"]
            if "busy" in [member["user"]["presence"] for member in members]:
                return
            await asyncio.sleep(0.1)
        pytest.fail("Nobody was shown as busy.")

    talk(server, conversation)
