"""To a date, and to the first unread message, from anywhere in a room's history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import assert_room, composer, distance_from_bottom, mark_page, message

OpenRoom = Callable[..., Page]


@pytest.fixture
def long_room(company: Company) -> str:
    """150 messages of today by Bob, none of them read by Alice."""
    room = company.open_room("history")
    company.bob.say(room, *(f"message {number}" for number in range(1, 151)))
    return room


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a_day_line_leads_to_another_date(
    company: Company, open_room: OpenRoom, long_room: str, options: dict[str, object]
) -> None:
    company.alice.rest.ask("PUT", f"/rooms/{long_room}/read", {"seq": 150})
    page = open_room(company.alice, long_room, **options)
    expect(message(page, "message 150")).to_be_in_viewport()
    heading, dialog = page.locator("[data-picks-date]").first, page.get_by_role("dialog", name="Go to a date")
    heading.scroll_into_view_if_needed()
    heading.click()
    if not dialog.is_visible():
        # Older messages came in at that moment, and the line of their day is another one.
        heading.click()
    expect(dialog.get_by_label("Go to a date")).to_be_focused()
    assert axe_says(page) == ""
    screenshot(page, f"date-jump-{'phone' if options else 'desktop'}")

    dialog.get_by_role("button", name="First message").click()
    expect(message(page, "message 1")).to_be_in_viewport()
    expect(dialog).to_be_hidden()
    page.locator(".feed__jump").click()
    expect(message(page, "message 150")).to_be_in_viewport()
    assert distance_from_bottom(page) < 2

    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    dialog.get_by_role("button", name="Go", exact=True).click()
    expect(message(page, "message 1")).to_be_in_viewport()
    company.bob.say(long_room, "After the jump")
    page.locator(".feed__jump").click()
    expect(message(page, "After the jump")).to_be_in_viewport()


def test_what_was_skipped_is_found_again(company: Company, open_room: OpenRoom, long_room: str) -> None:
    company.alice.rest.ask("PUT", f"/rooms/{long_room}/read", {"seq": 20})
    page = open_room(company.alice, long_room)
    first_unread = page.get_by_role("button", name="First unread message")
    expect(message(page, "message 21")).to_be_in_viewport()
    expect(first_unread).to_be_hidden()

    page.locator(".feed__jump").click()
    expect(message(page, "message 150")).to_be_in_viewport()
    expect(first_unread).to_be_visible()
    screenshot(page, "first-unread")
    first_unread.click()

    expect(page.locator(".feed__new + .feed__item", has_text="message 21")).to_be_in_viewport()
    expect(first_unread).to_be_hidden()
    page.locator(".feed__jump").click()
    expect(message(page, "message 150")).to_be_in_viewport()
    composer(page).focus()
    page.keyboard.press("Shift+PageUp")
    expect(message(page, "message 21")).to_be_in_viewport()


def test_links_in_messages_lead_to_messages_and_threads(company: Company, open_room: OpenRoom, desk: Desk) -> None:
    rooms = [company.open_room("quay"), company.open_room("mast")]
    company.bob.say(rooms[1], *(f"line {number}" for number in range(60)))
    items = company.bob.rest.ask("GET", f"/rooms/{rooms[1]}/messages?around=5")["items"]
    linked = next(item["id"] for item in items if item["seq"] == 5)
    company.bob.rest.ask("POST", f"/rooms/{rooms[1]}/messages", {"content": "A reply", "thread_id": linked})
    paths = {"message": f"/rooms/{rooms[1]}/messages/{linked}/", "thread": f"/messages/{linked}/thread/"}
    company.bob.say(rooms[0], *(f"[the {name}]({desk.server.url}{path})" for name, path in paths.items()))
    page = open_room(company.alice, rooms[0])
    mark_page(page)

    page.get_by_role("link", name="the message").click()
    expect(page.locator(".feed__item[data-target]")).to_be_in_viewport()
    assert page.url.endswith(paths["message"])
    page.go_back()
    page.get_by_role("link", name="the thread").click()
    expect(page.locator("#panel").get_by_text("A reply")).to_be_visible()
    expect(page.locator("main h1")).to_have_text("mast")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()

    assert_room(page, "mast", rooms[1])
    page.go_back()
    assert_room(page, "quay", rooms[0])
