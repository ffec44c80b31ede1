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


def test_guests_hear_of_whom_they_share_a_room_with(server):
    ann, ben, gus = (server.sign_up(name) for name in ("Anna", "Benno", "Gus"))
    slug = ann.found("Guesthouse")["slug"]
    ann.invite(slug, ben)
    gus.ask("POST", f"/invitations/{ann.ask('POST', f'/orgs/{slug}/invitations', {'role': 'guest'})['token']}/accept")
    room = ann.ask("POST", f"/orgs/{slug}/rooms", {"name": "shared", "kind": "group", "member_ids": [ben.id]})["id"]

    async def conversation(lines):
        guests, anns = await lines.connect(gus), await lines.connect(ann)
        for line in (guests, anns):
            await line.hear("welcome")

        async def seen_by_guest(name):
            """Whose new names the guest hears of, up to their own."""
            for person in (ann, ben, gus):
                person.ask("PATCH", "/me", {"name": f"{name} {person.id}"})
            seen = []
            while seen[-1:] != [gus.id]:
                seen.append((await guests.hear("user.updated"))["user"]["id"])
            return seen

        async def settles_at(*people):
            """Frames may still be on their way when the guest looks at who is in a room by now."""
            for attempt in range(20):
                if (seen := await seen_by_guest(f"Try {attempt}")) == [person.id for person in people]:
                    break
                await asyncio.sleep(0.1)
            assert seen == [person.id for person in people]

        assert await seen_by_guest("First") == [gus.id]
        ann.ask("POST", f"/rooms/{room}/members", {"user_id": gus.id})
        await settles_at(ann, ben, gus)
        await anns.say(type="presence", state="busy")
        assert await hears_of(guests, ann, "busy")

        ann.ask("DELETE", f"/rooms/{room}/members/{ben.id}")
        await settles_at(ann, gus)
        ann.ask("DELETE", f"/rooms/{room}/members/{gus.id}")
        await settles_at(gus)
        await anns.say(type="presence", state="away")
        await seen_by_guest("Last")
        gus.ask("PATCH", "/me", {"name": "Gus"})
        assert (await guests.hear("presence", "user.updated"))["type"] == "user.updated"

        ann.ask("PATCH", f"/orgs/{slug}/members/{gus.id}", {"role": "member"})
        await settles_at(ann, ben, gus)

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
