"""What a page says stays true while it is open: badges, the names of days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Company, Member
from tests.browser.steps import composer, join_room, message, send_message, sidebar_link

OpenRoom = Callable[..., Page]
# What is looked at is read a moment later.
HAS_READ_ALL = """async (slug) =>
  (await (await fetch(`/api/v1/orgs/${slug}/rooms`)).json()).items.every(({ unread }) => unread === 0)"""


def assert_mentions(page: Page, room: str, number: int) -> None:
    """The sidebar, the title and the server agree."""
    count = sidebar_link(page, room).locator(".count")
    if number:
        expect(count).to_have_text(re.compile(rf"mentions:\s*{number}$"))
        expect(page).to_have_title(re.compile(rf"^\({number}\) "))
    else:
        expect(count).to_be_hidden()


def test_a_mention_that_is_deleted_or_edited_in_is_counted_at_once(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    bob = open_room(company.bob, other)
    alice = company.alice.rest
    first = alice.ask("POST", f"/rooms/{room}/messages", {"content": "@bob, tea?"})["id"]
    second = alice.ask("POST", f"/rooms/{room}/messages", {"content": "Or cake?"})["id"]
    assert_mentions(bob, "design", 1)

    alice.ask("PATCH", f"/messages/{second}", {"content": "Or cake, @bob?"})
    assert_mentions(bob, "design", 2)
    alice.ask("PATCH", f"/messages/{second}", {"content": "Or cake, anybody?"})
    assert_mentions(bob, "design", 1)
    alice.ask("DELETE", f"/messages/{first}")
    assert_mentions(bob, "design", 0)

    states = company.bob.rest.ask("GET", f"/orgs/{company.slug}/rooms")["items"]
    assert [(state["unread"], state["mentions"]) for state in states if state["id"] == room] == [(2, 0)]
    expect(sidebar_link(bob, "design")).to_have_class(re.compile("nav-link--unread"))


def test_days_are_named_anew_at_midnight_and_on_return(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "Late already")
    alice = open_room(company.alice, room, timezone_id="Europe/Berlin")
    tonight = alice.evaluate("new Date(new Date().setHours(23, 59, 30, 0)).getTime()")
    alice.clock.install(time=datetime.fromtimestamp(tonight / 1000))
    alice.reload()
    join_room(alice, room)
    days = alice.locator(".feed__day")
    expect(days).to_have_text(["Today"])

    alice.clock.run_for(40_000)
    expect(days).to_have_text(["Yesterday"])

    alice.clock.set_fixed_time(datetime.fromtimestamp(tonight / 1000 + 36 * 60 * 60))
    alice.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(days).to_have_text([re.compile(r"^\w+day\b.*\d")])


def test_shortcuts_of_one_letter_work_by_the_place_of_the_key(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "As it was")
    alice = open_room(company.alice, room)
    alice.locator("#room-bar h1").click()
    editor = alice.locator(".message__editor textarea")
    for key, code, opens in (("е", "KeyT", False), (".", "KeyE", False), ("у", "KeyE", True), ("e", "KeyD", True)):
        message(alice, "As it was").hover()
        alice.locator("room-feed").dispatch_event("keydown", {"key": key, "code": code, "bubbles": True})
        if opens:
            editor.press("Escape")
        alice.evaluate("document.activeElement.blur()")
        expect(editor).to_have_count(0)


def test_the_first_words_end_the_emptiness_and_joining_is_told(
    company: Company, newcomer: Member, open_room: OpenRoom
) -> None:
    rooms = company.alice.rest.ask("GET", f"/orgs/{company.slug}/rooms")["items"]
    general = next(room["id"] for room in rooms if room["name"] == "general")
    alice = open_room(company.alice, general)

    send_message(alice, "Ahoy")

    expect(composer(alice)).to_have_attribute("placeholder", "Write to general")
    company.alice.rest.invite(company.slug, newcomer.rest)
    line = alice.locator(".feed__system").last
    expect(line).to_have_text("Charlie joined")
    expect(message(alice, "Ahoy")).not_to_have_attribute("data-pending", "")
    alice.reload()
    join_room(alice, general)
    expect(line).to_contain_text("Charlie joined")
    alice.wait_for_function(HAS_READ_ALL, arg=company.slug, polling=100)
    expect(alice.locator("#sidebar").get_by_role("link", name="Invite people")).to_be_visible()


def test_what_happened_stands_under_the_first_words_however_late_the_page_hears_of_the_past(
    company: Company, open_room: OpenRoom
) -> None:
    boats = {"name": "boats", "kind": "channel"}
    room = company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", boats)["id"]
    alice = open_room(company.alice, room)
    held: list[Route] = []
    alice.route("**/system-messages*", lambda route: held.append(route))
    alice.reload()
    join_room(alice, room)

    send_message(alice, "Ahoy")
    expect(message(alice, "Ahoy")).not_to_have_attribute("data-pending", "")
    company.bob.rest.ask("POST", f"/rooms/{room}/join")

    expect(alice.locator(".feed > :is(.feed__item, .feed__system)").last).to_have_text("Bob joined")
    for route in held:
        route.continue_()
    expect(alice.locator(".feed__day")).to_have_count(1)
