"""Every screen of the product, each one page load away, and an organisation that has something to show on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.accounts.pictures import halves
from tests.browser.conftest import Company, Desk, Member
from tests.browser.entrance import begin_enrolment, confirm_enrolment, sign_in, sign_up
from tests.browser.steps import composer

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
    addresses |= {"room": room, "archived": archived, "direct": direct, "channel": channel, "edited": edited}
    return Place({who.name: who for who in (alice, bob, charlie, *others)}, addresses)


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


def submit(**fields: str) -> Callable[[Page], None]:
    """Fill in the form of a page and send it."""

    def step(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name={name}]").fill(value)
        page.locator("main form:has([name]) [type=submit]").first.click()
        expect(page.locator(".field__error").first).to_be_visible()

    return step


def press(name: str) -> Callable[[Page], None]:
    """Press the button so called."""
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def show_details(page: Page) -> None:
    page.get_by_role("link", name="About this room").click()
    expect(page.locator("#panel h3").first).to_be_visible()


def edit_last(page: Page) -> None:
    composer(page).press("ArrowUp")
    expect(page.get_by_label("Edit your message")).to_be_focused()


def open_menu(page: Page) -> None:
    first = page.locator(".message").first
    first.dispatch_event("touchstart")
    first.get_by_role("button", name="More").click()
    expect(page.locator(".menu:popover-open")).to_be_visible()


def make_token(*levels: str, shows: str) -> Callable[[Page], None]:
    """Ask for an access token that may do that with messages."""

    def step(page: Page) -> None:
        page.get_by_label("What it is for").fill("Harbour watch")
        for level in levels:
            page.get_by_role("group", name="Messages").get_by_label(level).check()
        page.get_by_role("button", name="Make token").click()
        expect(page.get_by_text(shows)).to_be_visible()

    return step


def choose_a_picture(page: Page) -> None:
    picture = {"name": "me.png", "mimeType": "image/png", "buffer": halves()}
    page.get_by_label("Choose a picture").set_input_files(picture)  # type: ignore[arg-type]
    expect(page.get_by_role("application")).to_be_visible()


def open_own_menu(page: Page) -> None:
    if not page.locator(".user-menu-button").is_visible():
        page.get_by_title("Open the sidebar").click()
    page.get_by_title("Status, presence, sign out").click()
    expect(page.get_by_role("button", name="Busy", exact=True)).to_be_visible()


def say_a_status(page: Page) -> None:
    open_own_menu(page)
    page.get_by_role("link", name="Set a status").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def overreach(page: Page) -> None:
    """Ask for what the page does not offer."""
    page.locator("#panel form").first.evaluate("form => { form.action = location.href; form.submit() }")
    expect(page.get_by_text("Error 403")).to_be_visible()


def ask_for_an_address(page: Page) -> None:
    page.get_by_label("New address").fill("a@halyard.example")
    page.get_by_label("Your password").fill("wrong")
    press("Send the link")(page)
    expect(page.locator(".field__error").first).to_be_visible()


def type_a_common_password(page: Page) -> None:
    page.get_by_label("New password", exact=True).fill("password123")
    expect(page.get_by_text("This password is too common.")).to_be_visible()


def lose_the_cookies(page: Page) -> None:
    page.context.clear_cookies()
    page.locator("main form").first.evaluate("form => form.submit()")
    expect(page.get_by_text("Error 403")).to_be_visible()


def type_a_wrong_code(page: Page) -> None:
    press("Set up")(page)
    submit(otp="12345")(page)


def enrol(page: Page) -> None:
    sign_up(page, "Sofia")
    confirm_enrolment(page, begin_enrolment(page))


def be_asked_for_a_code(page: Page) -> None:
    sign_in(page, "dora@halyard.example")
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()


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
    "pinned messages": Screen("/rooms/{room}/pins/"),
    "saved messages": Screen("/o/{slug}/saved/"),
    "archived room": Screen("/rooms/{archived}/"),
    "room not joined": Screen("/rooms/{channel}/"),
    "direct message": Screen("/rooms/{direct}/"),
    "directory": Screen("/o/{slug}/rooms/"),
    "directory, nothing found": Screen("/o/{slug}/rooms/?q=zeppelin"),
    "new room": Screen("/o/{slug}/rooms/new/"),
    "people": Screen("/o/{slug}/people/"),
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
