"""Going somewhere by the keyboard: the switcher, shortcuts, and the list of what is unread."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import SMALL_TARGETS, axe_says_in_both_themes
from tests.browser.conftest import DESKTOP, PHONE, Company, Desk, screenshot
from tests.browser.modules import OpenModules, open_modules  # noqa: F401
from tests.browser.steps import await_room, composer, join_room, sidebar_link

OpenRoom = Callable[..., Page]

# What is typed, a name, and whether it is found.
MATCHES = [
    ("design", "design-reviews", True),
    ("desgin", "design-reviews", True),
    ("dsign", "design", True),
    ("rev", "design-reviews", True),
    ("munchen", "München", True),
    ("MÜNCHEN", "munchen", True),
    ("strasse", "Straße", True),
    ("jorgen", "Jørgen", True),
    ("ba okafor", "Bob Okafor", False),
    ("bo ok", "Bob Okafor", True),
    ("bo", "Bob Okafor", True),
    ("図", "設計図", True),
    ("design", "kitchen", False),
    ("ab", "kitchen", False),
    ("har", "Create a room", False),
]


def test_names_are_found_in_spite_of_accents_and_slips(open_modules: OpenModules) -> None:  # noqa: F811
    scores = open_modules().evaluate(
        """async (rows) => {
            const { scoreMatch } = await import("navigation/matching")
            return rows.map(([typed, name]) => scoreMatch(typed, name))
        }""",
        MATCHES,
    )

    found = {(typed, name): score > 0 for (typed, name, _), score in zip(MATCHES, scores, strict=True)}
    assert found == {(typed, name): expected for typed, name, expected in MATCHES}
    # The whole, its beginning, a word's beginning, the inside, a slip.
    order = open_modules().evaluate("""async () => {
        const { scoreMatch } = await import("navigation/matching")
        return ["sign", "signals", "new signals", "design", "sing"].map((name) => scoreMatch("sign", name))
    }""")
    assert order == sorted(order, reverse=True) and order[-1] > 0


def selected(page: Page) -> str:
    return page.locator("#switcher [aria-selected=true]").inner_text()


def test_the_switcher_goes_where_one_types(company: Company, desk: Desk, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    company.alice.say(other, "The kettle is on")
    company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", {"name": "harbour", "kind": "channel"})
    bob = open_room(company.bob, room)
    composer(bob).press("Control+k")
    field = bob.get_by_role("combobox", name="Go to")
    expect(field).to_be_focused()
    # Two slips are in it.
    field.fill("kitchne")
    expect(bob.locator("#switcher [aria-selected=true]")).to_contain_text("kitchen")
    field.press("Escape")
    expect(bob.locator("#switcher")).to_be_hidden()
    expect(composer(bob)).to_be_focused()

    bob.keyboard.press("Control+k")
    field.fill("kitch")
    field.press("Enter")
    await_room(bob, other)

    # What the page does not know comes from the server: a room to join, a person, a message.
    bob.keyboard.press("Control+k")
    field.fill("harb")
    expect(bob.get_by_role("option", name="harbour")).to_be_visible()
    field.fill("kettle")
    expect(bob.get_by_role("option", name="Alice: The kettle is on")).to_be_visible()
    field.fill("@ali")
    expect(bob.get_by_role("option", name="Alice")).to_be_visible()
    field.press("Enter")
    expect(bob.locator("#room-bar")).to_contain_text("Alice")
    await_room(bob, bob.url.rstrip("/").rpartition("/")[2])

    bob.keyboard.press("Control+k")
    field.fill(">short")
    field.press("Enter")
    expect(bob.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def test_keys_lead_to_rooms_and_mark_all_as_read(company: Company, desk: Desk, open_room: OpenRoom) -> None:
    first, second, third = (company.open_room(name) for name in ("alpha", "beta", "gamma"))
    company.alice.say(third, "Something new")
    bob = open_room(company.bob, first)
    expect(sidebar_link(bob, "gamma")).to_have_class(re.compile("nav-link--unread"))
    composer(bob).press("Alt+ArrowDown")
    join_room_at(bob, second)
    bob.keyboard.press("Alt+ArrowUp")
    join_room_at(bob, first)
    bob.keyboard.press("Shift+Escape")
    expect(sidebar_link(bob, "gamma")).not_to_have_class(re.compile("nav-link--unread"))
    bob.get_by_role("button", name="Undo").click()
    expect(sidebar_link(bob, "gamma")).to_have_class(re.compile("nav-link--unread"))

    bob.keyboard.press("Alt+Shift+ArrowDown")
    join_room_at(bob, third)
    bob.keyboard.press("Alt+Shift+ArrowDown")
    expect(bob.locator(".toast")).to_contain_text("Nothing is unread.")
    composer(bob).fill("what?")
    expect(bob.locator("#shortcuts")).to_be_hidden()
    bob.keyboard.press("Control+/")
    expect(bob.locator("#shortcuts")).to_be_visible()


def join_room_at(page: Page, room: str) -> None:
    expect(page).to_have_url(re.compile(f"/rooms/{room}/"))
    join_room(page, room)


def test_its_screens_are_for_everybody(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?", "@bob, cake?")
    quoted = company.alice.rest.ask("GET", f"/rooms/{room}/messages")["items"][0]["id"]
    company.bob.rest.ask("PUT", f"/rooms/{room}/draft", {"content": "Rather **not**", "reply_to": quoted})
    page = desk.open(company.bob, reduced_motion="reduce", **PHONE | {"viewport": DESKTOP})
    for path, keys in (("unread", ""), ("drafts", ""), ("unread", "Control+k"), ("unread", "Control+/")):
        page.goto(f"/o/{company.slug}/{path}/")
        expect(page.locator("html[data-connection=up]")).to_have_count(1)
        if keys:
            page.keyboard.press(keys)
            expect(page.get_by_role("dialog")).to_be_visible()
        for viewport in (DESKTOP, PHONE["viewport"]):
            page.set_viewport_size(viewport)
            assert (path, keys, axe_says_in_both_themes(page)) == (path, keys, "")
        assert (path, keys, page.evaluate(SMALL_TARGETS)) == (path, keys, [])
        screenshot(page, f"navigation-{path}-{len(keys)}")


@pytest.mark.parametrize("key", ["r", "click"])
def test_what_is_unread_is_read_in_one_list(company: Company, desk: Desk, key: str) -> None:
    rooms = [company.open_room(name) for name in ("alpha", "beta")]
    for room in rooms:
        company.alice.say(room, "Tea?", "Cake?")
    bob = desk.open(company.bob, f"/o/{company.slug}/unread/")
    entries = bob.locator(".catch-up__room")
    expect(entries).to_have_count(2)
    expect(entries.first).to_be_focused()
    bob.keyboard.press("ArrowDown")
    expect(entries.last).to_be_focused()
    expect(entries.last).to_contain_text("Cake?")

    if key == "r":
        bob.keyboard.press("r")
    else:
        entries.last.get_by_role("button", name="Mark read").click()
    expect(entries).to_have_count(1)
    bob.get_by_role("button", name="Undo").click()
    expect(entries).to_have_count(2)
    bob.get_by_role("button", name="Mark all read").click()
    expect(bob.get_by_text("You’re all caught up")).to_be_visible()
    expect(entries).to_have_count(0)
