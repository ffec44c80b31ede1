"""Every screen of the product, each one page load away, and an organisation that has something to show on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.accounts.pictures import halves
from tests.browser.conftest import Company, Desk, Member
from tests.browser.entrance import begin_enrolment
from tests.browser.screen_steps import (
    ask_for_a_date,
    ask_for_an_address,
    be_asked_for_a_code,
    choose_a_picture,
    choose_of_menu,
    choose_sending_time,
    complete,
    edit_last,
    enrol,
    lose_the_cookies,
    make_token,
    open_bell,
    open_menu,
    open_own_menu,
    open_sending_times,
    overreach,
    press,
    press_summary,
    say_a_status,
    show_details,
    submit,
    type_a_common_password,
    type_a_wrong_code,
)

CODE = "```python\ndef depth(chain: float) -> float:\n    return chain / 3  # fair weather\n```"


@dataclass(frozen=True)
class Place:
    """Who looks, by name, and what fills the places in a screen's address."""

    people: dict[str, Member]
    addresses: dict[str, str]


def furnish(company: Company, charlie: Member, *others: Member) -> Place:
    """A company that has been at work for a while. Charlie, from elsewhere, is alone in his own."""
    alice, bob = company.alice, company.bob
    room, archived = company.open_room("harbour"), company.open_room("last-summer")
    edited = _talk(company, room)
    alice.rest.ask("POST", f"/rooms/{archived}/archive")
    rooms = f"/orgs/{company.slug}/rooms"
    direct = alice.rest.ask("POST", f"{rooms}/direct", {"user_ids": [bob.id]})["id"]
    bob.say(direct, "Only for you")
    channel = bob.rest.ask("POST", rooms, {"name": "boats", "kind": "channel", "topic": "All afloat"})["id"]
    token = alice.rest.ask("POST", f"/orgs/{company.slug}/invitations", {})["token"]
    alice.rest.ask("POST", "/me/tokens", {"name": "Deploy script", "scopes": ["rooms:read", "messages:write"]})
    quiet = charlie.rest.found("The quiet quay")["slug"]
    addresses = {"slug": company.slug, "quiet": quiet, "token": token, "nowhere": str(uuid4())}
    addresses["group"] = _add_lists(company, channel)
    addresses |= {"room": room, "archived": archived, "direct": direct, "channel": channel, "edited": edited}
    return Place({who.name: who for who in (alice, bob, charlie, *others)}, addresses)


def _add_lists(company: Company, room: str) -> str:
    """Give Alice a mention, a report, a draft, an emoji and a group, whose id is returned."""
    alice, bob, slug = company.alice.rest, company.bob.rest, company.slug
    alice.ask("POST", f"/rooms/{room}/join")
    said = alice.ask("POST", f"/rooms/{room}/messages", {"content": "All aboard, *lubbers*"})["id"]
    company.bob.say(room, f"@{alice.ask('GET', '/me')['username']}, is `4` **free**?")
    bob.ask("POST", f"/messages/{said}/report", {"reason": "Rude to those on land"})
    alice.ask("PUT", f"/rooms/{room}/draft", {"content": "Rather **not**"})
    in_a_month = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    alice.ask("POST", f"/rooms/{room}/scheduled", {"content": "Ahoy, *all*", "send_at": in_a_month})
    alice.ask("PUT", f"/messages/{said}/reminder", {"remind_at": in_a_month})
    picture = {"file": ("boat.png", halves(), "image/png")}
    added = alice.post(f"/orgs/{slug}/emoji", data={"name": "party_boat", "aliases": "afloat"}, files=picture)
    assert added.is_success, added.text
    alice.ask("POST", f"/orgs/{slug}/announcements", {"text": "All ashore on *Monday*"})
    group = alice.ask("POST", f"/orgs/{slug}/groups", {"name": "Deck hands", "handle": "deck"})["id"]
    alice.ask("PUT", f"/groups/{group}/members/{company.bob.id}")
    return str(group)


def _talk(company: Company, room: str) -> str:
    """All that a message can look like; the one that was edited."""
    alice, bob = company.alice, company.bob
    alice.say(room, "Who has the **keys**?", "> who has the keys?\n\n1. me\n2. [nobody](https://halyard.example)")
    bob.say(room, "Not I", "A slip of the tongue", "| berth | boat |\n|---|---|\n| 4 | *Sofia* |", CODE)
    items = alice.rest.ask("GET", f"/rooms/{room}/messages")["items"]
    for who, mark in (
        (alice, "reactions/👍"),
        (bob, "reactions/👍"),
        (bob, "reactions/🎉"),
        (bob, "pin"),
        (alice, "bookmark"),
    ):
        who.rest.ask("PUT", f"/messages/{items[1]['id']}/{mark}")
    alice.rest.ask("PATCH", f"/messages/{items[0]['id']}", {"content": "Who has the **key**, and `where`?"})
    bob.rest.ask("DELETE", f"/messages/{items[3]['id']}")
    return str(items[0]["id"])


@dataclass(frozen=True)
class Screen:
    """`who`, or a stranger, looks at `path`; `then` goes on from there."""

    path: str
    who: str = "Alice"
    then: Callable[[Page], object] = lambda page: None

    def open(self, desk: Desk, place: Place, **options: Any) -> Page:
        # An address that leads nowhere is what some screens are about.
        desk.expect("the server responded with a status of 4")
        page = desk.open(place.people.get(self.who), self.path.format(**place.addresses), **options)
        if page.locator("room-feed").count():
            expect(page.locator("room-feed[data-live]")).to_be_visible()
        self.then(page)
        return page


SCREENS = {
    "sign in": Screen("/accounts/login/", "nobody"),
    "sign in, refused": Screen("/accounts/login/", "nobody", submit(login="a@halyard.example", password="wrong")),
    "sign up": Screen("/accounts/signup/", "nobody"),
    "sign up, refused": Screen(
        "/accounts/signup/", "nobody", submit(name="N", email="n@halyard.example", password1="1")
    ),
    "password forgotten": Screen("/accounts/password/reset/", "nobody"),
    "invitation": Screen("/join/{token}/", "nobody"),
    "invitation, signed in": Screen("/join/{token}/", "Charlie"),
    "new organisation": Screen("/organisations/new/"),
    "first run": Screen("/o/{quiet}/", "Charlie"),
    "busy room": Screen("/rooms/{room}/"),
    "message edited": Screen("/rooms/{room}/", then=edit_last),
    "room details panel": Screen("/rooms/{room}/", then=show_details),
    "room details page": Screen("/rooms/{room}/details/"),
    "earlier wordings": Screen("/messages/{edited}/revisions/"),
    "emoji picker": Screen("/rooms/{room}/", then=press("Add a reaction")),
    "message menu": Screen("/rooms/{room}/", then=open_menu),
    "forwarding": Screen("/rooms/{room}/", then=choose_of_menu("Forward", "Forward message")),
    "readers": Screen("/rooms/{room}/", then=choose_of_menu("Read by", "Read by")),
    "reporting": Screen("/rooms/{room}/", "Bob", choose_of_menu("Report", "Report this message?")),
    "commands": Screen("/rooms/{room}/", then=complete("/")),
    "names to complete": Screen("/rooms/{room}/", then=complete("Tea, @")),
    "emoji to complete": Screen("/rooms/{room}/", then=complete("All :party_b")),
    "date to go to": Screen("/rooms/{room}/", then=ask_for_a_date),
    "pinned messages": Screen("/rooms/{room}/pins/"),
    "saved messages": Screen("/o/{slug}/saved/"),
    "sending later": Screen("/rooms/{room}/", then=open_sending_times),
    "time to be chosen": Screen("/rooms/{room}/", then=choose_sending_time),
    "scheduled messages": Screen("/o/{slug}/scheduled/", then=press_summary("Change")),
    "scheduled messages, none yet": Screen("/o/{quiet}/scheduled/", "Charlie"),
    "reminders": Screen("/o/{slug}/reminders/", then=press_summary("Put off")),
    "reminders, none yet": Screen("/o/{quiet}/reminders/", "Charlie"),
    "archived room": Screen("/rooms/{archived}/"),
    "room not joined": Screen("/rooms/{channel}/"),
    "direct message": Screen("/rooms/{direct}/"),
    "directory": Screen("/o/{slug}/rooms/"),
    "directory, nothing found": Screen("/o/{slug}/rooms/?q=zeppelin"),
    "new room": Screen("/o/{slug}/rooms/new/"),
    "people": Screen("/o/{slug}/people/"),
    "groups": Screen("/o/{slug}/groups/"),
    "groups, none yet": Screen("/o/{quiet}/groups/", "Charlie"),
    "group": Screen("/o/{slug}/groups/{group}/"),
    "mentions": Screen("/o/{slug}/mentions/"),
    "mentions, none yet": Screen("/o/{quiet}/mentions/", "Charlie"),
    "notifications": Screen("/o/{slug}/notifications/"),
    "notifications, none yet": Screen("/o/{quiet}/notifications/", "Charlie"),
    "bell": Screen("/rooms/{room}/", then=open_bell),
    "announcements": Screen("/o/{slug}/announcements/"),
    "announcements, none yet": Screen("/o/{quiet}/announcements/", "Charlie"),
    "notifications of an organisation": Screen("/o/{slug}/notification-defaults/"),
    "reports": Screen("/o/{slug}/reports/"),
    "organisation's emoji": Screen("/o/{slug}/emoji/"),
    "profile": Screen("/settings/", then=choose_a_picture),
    "own menu": Screen("/rooms/{room}/", then=open_own_menu),
    "status": Screen("/rooms/{room}/", then=say_a_status),
    "address": Screen("/settings/address/"),
    "address, refused": Screen("/settings/address/", then=ask_for_an_address),
    "address to be confirmed": Screen("/accounts/confirm-email/", "nobody"),
    "password": Screen("/settings/password/"),
    "password, too common": Screen("/settings/password/", then=type_a_common_password),
    "security": Screen("/settings/second-factor/"),
    "security, second factor on": Screen("/settings/second-factor/", "Dora"),
    "second factor, begun": Screen("/settings/second-factor/", "Charlie", begin_enrolment),
    "second factor, wrong code": Screen("/settings/second-factor/", "Charlie", type_a_wrong_code),
    "second factor, asked for": Screen("/settings/", "Emil"),
    "second factor, turning off": Screen("/settings/second-factor/removal/", "Dora"),
    "recovery codes": Screen("/accounts/signup/", "nobody", enrol),
    "new recovery codes": Screen("/settings/second-factor/recovery-codes/", "Dora"),
    "sign in, code": Screen("/accounts/login/", "nobody", be_asked_for_a_code),
    "connected accounts": Screen("/settings/connections/"),
    "sessions": Screen("/settings/sessions/"),
    "sign-in history": Screen("/settings/history/"),
    "notification settings": Screen("/settings/notifications/"),
    "access tokens, none yet": Screen("/settings/tokens/", "Bob"),
    "access tokens": Screen("/settings/tokens/"),
    "access token, made": Screen("/settings/tokens/", "Charlie", make_token("Write", shows="Copy your new token now")),
    "access token, refused": Screen("/settings/tokens/", "Bob", make_token(shows="Choose at least one scope.")),
    "revoking an access token": Screen("/settings/tokens/", then=press("Revoke Deploy script")),
    "appearance": Screen("/settings/appearance/"),
    "language": Screen("/settings/language/"),
    "organisation settings": Screen("/o/{slug}/settings/"),
    "invitations that wait": Screen("/settings/invitations/"),
    "members without second factor": Screen("/o/{slug}/settings/?second_factor=off"),
    "removing a member": Screen("/o/{slug}/settings/", then=press("Remove Bob")),
    "not found": Screen("/rooms/{nowhere}/"),
    "not allowed": Screen("/rooms/{room}/details/", "Bob", overreach),
    "gone stale": Screen("/accounts/login/", "nobody", lose_the_cookies),
}
