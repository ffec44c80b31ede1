"""German in a real browser: what the server draws, what scripts say, and what others send in between."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.axe import axe_says
from tests.browser.conftest import Company, Desk, Member
from tests.browser.steps import composer

# Words that stand on nearly every screen, as whole words and as English spells them.
ENGLISH = re.compile(
    r"\b(Rooms|Direct messages|Browse|Saved|Settings|Sign (in|out|up)|Write to|Send|Search|Members?|Pinned|About|"
    r"edited|deleted|Today|Yesterday|online|Password|Appearance|Profile|Language|the|your|and|with)\b"
)
SCREENS = (
    "/o/{slug}/",
    "/o/{slug}/rooms/",
    "/o/{slug}/people/",
    "/o/{slug}/saved/",
    "/o/{slug}/settings/",
    "/settings/",
    "/settings/appearance/",
    "/settings/sessions/",
    "/settings/tokens/",
    "/settings/second-factor/",
    "/nowhere/",
)


def test_everything_but_what_people_write_is_german(desk: Desk, cast: tuple[Member, Member]) -> None:
    desk.expect("the server responded with a status of 4")
    company = Company.founded("hafenamt", *cast)
    alice, bob = company.alice, company.bob
    room = company.open_room("plan")
    alice.rest.ask("PATCH", "/me", {"language": "de"})
    try:
        _look_round(desk, company, room)
        page = desk.open(alice, f"/rooms/{room}/")
        expect(page.locator("room-feed[data-live]")).to_be_visible()
        bob.say(room, "Moin")
        said = page.locator(".feed__item", has_text="Moin")
        expect(said).to_be_visible()
        message = alice.rest.ask("GET", f"/rooms/{room}/messages")["items"][-1]["id"]
        bob.rest.ask("PATCH", f"/messages/{message}", {"content": "Moin moin"})
        expect(page.get_by_role("link", name="(bearbeitet)")).to_be_visible()
        bob.rest.ask("PUT", f"/messages/{message}/pin")
        expect(page.locator(".message__pinned")).to_have_text("Angeheftet")
        expect(page.locator(".feed__day")).to_have_text("Heute")
        composer(page).fill(" ")
        assert axe_says(page) == ""
    finally:
        alice.rest.ask("PATCH", "/me", {"language": ""})


def _look_round(desk: Desk, company: Company, room: str) -> None:
    page = desk.open(company.alice)
    for path in (*SCREENS, "/rooms/{room}/", "/rooms/{room}/details/"):
        page.goto(path.format(slug=company.slug, room=room))
        assert page.locator("html").get_attribute("lang") == "de"
        # What organisations are called is what people wrote.
        page.locator(".settings__nav a[title] .truncate").evaluate_all("names => names.forEach(name => name.remove())")
        lines = page.locator("body").inner_text().splitlines()
        assert [line for line in lines if ENGLISH.search(line)] == [], path
