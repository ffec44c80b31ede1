"""Every screen of the product, each one page load away, and an organisation that has something to show on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk, Member
from tests.browser.entrance import begin_enrolment
from tests.browser.furnishing import add_lists, add_projects, post_files, talk
from tests.browser.screen_steps import (
    ask_for_a_date,
    ask_for_an_address,
    be_asked_for_a_code,
    choose_a_picture,
    choose_of_menu,
    choose_sending_time,
    complete,
    edit_last,
    enlarge,
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


@dataclass(frozen=True)
class Place:
    """Who looks, by name, and what fills the places in a screen's address."""

    people: dict[str, Member]
    addresses: dict[str, str]


def furnish(company: Company, charlie: Member, *others: Member) -> Place:
    """A company that has been at work for a while. Charlie, from elsewhere, is alone in his own."""
    alice, bob = company.alice, company.bob
    room, archived = company.open_room("harbour"), company.open_room("last-summer")
    edited = talk(company, room)
    alice.rest.ask("POST", f"/rooms/{archived}/archive")
    rooms = f"/orgs/{company.slug}/rooms"
    direct = alice.rest.ask("POST", f"{rooms}/direct", {"user_ids": [bob.id]})["id"]
    bob.say(direct, "Only for you")
    channel = bob.rest.ask("POST", rooms, {"name": "boats", "kind": "channel", "topic": "All afloat"})["id"]
    token = alice.rest.ask("POST", f"/orgs/{company.slug}/invitations", {})["token"]
    alice.rest.ask("POST", "/me/tokens", {"name": "Deploy script", "scopes": ["rooms:read", "messages:write"]})
    quiet = charlie.rest.found("The quiet quay")["slug"]
    addresses = {"slug": company.slug, "quiet": quiet, "token": token, "nowhere": str(uuid4())}
    addresses["group"] = add_lists(company, channel)
    addresses["file"], addresses["text"] = post_files(company, room)
    addresses["project"], addresses["former_project"] = add_projects(company)
    addresses |= {"room": room, "archived": archived, "direct": direct, "channel": channel, "edited": edited}
    return Place({who.name: who for who in (alice, bob, charlie, *others)}, addresses)


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
    "projects": Screen("/o/{slug}/projects/"),
    "deleted projects": Screen("/o/{slug}/projects/?show=deleted"),
    "no projects": Screen("/o/{quiet}/projects/", "Charlie"),
    "new project": Screen("/o/{slug}/projects/new/"),
    "project": Screen("/projects/{project}/"),
    "archived project": Screen("/projects/{former_project}/"),
    "project settings": Screen("/projects/{project}/settings/"),
    "project members": Screen("/projects/{project}/settings/members/"),
    "project columns": Screen("/projects/{project}/settings/columns/"),
    "project labels": Screen("/projects/{project}/settings/labels/"),
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
    "files": Screen("/o/{slug}/files/?view=grid"),
    "files, list": Screen("/o/{slug}/files/?view=list"),
    "files of a room": Screen("/o/{slug}/files/?view=grid&room={room}"),
    "files, nothing found": Screen("/o/{slug}/files/?q=zeppelin"),
    "files, none yet": Screen("/o/{quiet}/files/", "Charlie"),
    "file": Screen("/o/{slug}/files/{file}/", "Bob"),
    "file, a text": Screen("/o/{slug}/files/{text}/"),
    "deleting a file": Screen("/o/{slug}/files/{file}/", "Bob", press("Delete file")),
    "storage": Screen("/o/{slug}/files/storage/"),
    "lightbox": Screen("/rooms/{room}/", then=enlarge("boats.png")),
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
