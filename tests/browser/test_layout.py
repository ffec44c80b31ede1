"""Small screens, keyboards, the composer's manners, and pages without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import assert_message_text, composer, message, send_message, texts

OpenRoom = Callable[..., Page]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_on_a_phone_the_sidebar_is_a_drawer(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"), **PHONE)
    sidebar = page.locator("#sidebar")
    expect(sidebar).to_be_hidden()
    expect(composer(page)).not_to_be_focused()

    page.get_by_role("link", name="Open the sidebar").tap()

    expect(sidebar).to_be_visible()
    assert page.evaluate("document.getElementById('sidebar').contains(document.activeElement)")
    assert page.evaluate("document.getElementById('main').inert")
    screenshot(page, "phone-drawer")
    page.keyboard.press("Escape")
    expect(sidebar).to_be_hidden()
    expect(page.get_by_role("link", name="Open the sidebar")).to_be_focused()


def test_on_a_phone_a_dot_says_that_something_waits_in_the_drawer(company: Company, open_room: OpenRoom) -> None:
    here, elsewhere = company.open_room("design"), company.open_room("kitchen")
    page = open_room(company.alice, here, **PHONE)
    dot = page.locator("#room-bar .menu-button__dot")
    opener = page.get_by_role("link", name="Open the sidebar")
    company.bob.say(here, "Read as it arrives")
    expect(message(page, "Read as it arrives")).to_be_visible()
    expect(dot).to_be_hidden()
    expect(opener).to_have_accessible_name("Open the sidebar")

    company.bob.say(elsewhere, "Is anybody cooking?")

    expect(dot).to_be_visible()
    expect(opener).to_have_accessible_name("Open the sidebar (unread messages)")
    screenshot(page, "phone-unread-dot")
    last = company.alice.rest.ask("GET", f"/rooms/{elsewhere}")["last_seq"]
    company.alice.rest.ask("PUT", f"/rooms/{elsewhere}/read", {"seq": last})
    expect(dot).to_be_hidden()


def test_a_long_press_brings_out_a_messages_actions(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Press me")
    page = open_room(company.alice, room, **PHONE)
    toolbar = message(page, "Press me").locator(".message__actions")
    expect(toolbar).to_be_hidden()

    message(page, "Press me").locator(".message__body").dispatch_event("touchstart")

    expect(toolbar).to_be_visible()


@pytest.mark.parametrize("path", ["rooms/", "rooms/new/", "people/"])
def test_nothing_scrolls_sideways_at_320_pixels(company: Company, desk: Desk, path: str) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/{path}", viewport={"width": 320, "height": 640})
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(OVERFLOW) == 0


def test_a_room_with_long_words_fits_320_pixels(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("a-room-with-a-name-of-forty-characters-ok")
    company.bob.say(room, "W" * 300, "```\n" + "code " * 60 + "\n```", "https://halyard.example/" + "path/" * 40)
    company.bob.say(room, "| " + "shore-power | " * 6 + "\n|" + "---|" * 6 + "\n| " + "none | " * 6)
    page = open_room(company.alice, room, viewport={"width": 320, "height": 640})
    expect(page.locator(".feed__item")).to_have_count(4)
    screenshot(page, "narrow-room")
    assert page.evaluate(OVERFLOW) == 0
    assert page.locator(".table-scroll").evaluate("box => box.scrollWidth > box.clientWidth")
    page.goto(f"/rooms/{room}/details/")
    assert page.evaluate(OVERFLOW) == 0


def test_escape_closes_the_panel_and_gives_the_focus_back(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    more = page.get_by_role("link", name="About this room")

    more.click()

    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", name="2 members")).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "true")
    panel.get_by_label("Topic").fill("Only drawings")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#room-bar [data-room-topic]")).to_have_text("Only drawings")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(more).to_be_focused()


@pytest.mark.parametrize("path", ["rooms/", "rooms/mine/", "people/", "saved/"])
def test_escape_does_nothing_on_a_page_without_a_panel(company: Company, desk: Desk, path: str) -> None:
    """What the page complains of fails the test."""
    page = desk.open(company.alice, f"/o/{company.slug}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("path", ["rooms/", "rooms/mine/"])
def test_on_a_phone_the_search_is_as_wide_as_the_list(company: Company, desk: Desk, path: str) -> None:
    company.open_room("design")
    page = desk.open(company.alice, f"/o/{company.slug}/{path}", **PHONE)
    search = page.get_by_role("searchbox")

    widths = search.evaluate("field => [field.offsetWidth, innerWidth]")

    assert widths[1] - widths[0] <= 2 * 16


def test_leaving_a_private_room_is_asked_twice(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.bob, company.open_room("design"))
    page.get_by_role("link", name="About this room").click()

    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("a member has to add you again")
    page.get_by_role("button", name="Leave room").click()

    expect(page.locator("#sidebar .nav-link", has_text="design")).to_have_count(0)


def test_the_composer_sends_what_was_meant_to_be_sent(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    field, button = composer(page), page.get_by_role("button", name="Send", exact=True)
    expect(field).to_be_focused()

    field.press_sequentially("   ")
    expect(button).to_be_disabled()
    field.press("Enter")
    field.fill("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    expect(field).to_have_value("one\ntwo")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    field.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    expect(field).to_have_value("one\ntwo")
    field.press("Control+Enter")

    expect(page.locator(".feed .message__body")).to_have_text(re.compile(r"one\s*two"))
    field.fill("x" * 10_001)
    expect(page.locator("[data-counter]")).to_have_text("1 character too many")
    expect(button).to_be_disabled()
    field.press("Enter")
    field.fill("x" * 9_900)
    expect(page.locator("[data-counter]")).to_have_text("100 characters left")
    assert len(texts(page)) == 1


def test_a_room_can_be_read_and_written_without_script(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    company.bob.say(room, "Anybody?")
    page = desk.open(company.alice, f"/rooms/{room}/", java_script_enabled=False)
    expect(page.get_by_text("Anybody?")).to_be_in_viewport()

    composer(page).fill("Yes, with a very old browser")
    page.get_by_role("button", name="Send", exact=True).click()

    assert_message_text(page, "Yes, with a very old browser")
    screenshot(page, "without-script")


def test_enter_sends_before_the_modules_have_arrived(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    page = desk.open(company.alice)
    page.route("**/*room-composer*.js", lambda route: None)
    page.goto(f"/rooms/{room}/", wait_until="commit")

    composer(page).fill("In a hurry")
    composer(page).press("Enter")

    assert_message_text(page, "In a hurry")


def test_somebody_finds_a_room_and_joins_it(company: Company, desk: Desk) -> None:
    room = company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", {"name": "boats", "kind": "channel"})["id"]
    company.alice.say(room, "Ahoy")
    page = desk.open(company.bob, f"/o/{company.slug}/rooms/?q=boat")
    page.get_by_role("link", name="boats", exact=True).click()
    expect(page.get_by_text("You are viewing boats")).to_be_visible()

    page.get_by_role("button", name="Join", exact=True).click()

    send_message(page, "Ahoy to you")
    assert_message_text(page, "Ahoy to you")
    expect(page.locator("#sidebar .nav-link", has_text="boats")).to_have_attribute("aria-current", "page")


def test_somebody_writes_to_somebody(company: Company, desk: Desk) -> None:
    bob = desk.open(company.bob, f"/o/{company.slug}/")
    expect(bob.locator("room-feed[data-live]")).to_be_visible()
    alice = desk.open(company.alice, f"/o/{company.slug}/people/")

    alice.get_by_role("button", name="Message Bob").click()
    expect(alice.get_by_role("heading", name="Bob", level=1)).to_be_visible()
    send_message(alice, "Just between us")

    link = bob.locator("#sidebar .nav-link[data-kind=direct]")
    expect(link).to_contain_text("Alice")
    expect(link.locator(".count")).to_have_text(re.compile(r"unread:\s*1"))
    expect(link.locator(".presence")).to_have_attribute("data-presence", "online")
    expect(bob).to_have_title(re.compile(r"^\(1\) "))
    alice.context.close()
    expect(link.locator(".presence")).to_have_attribute("data-presence", "offline")


def test_the_maker_of_an_organisation_is_given_a_link_to_hand_on(company: Company, desk: Desk) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/")
    expect(page.get_by_role("heading", name="Welcome. Invite your team")).to_be_visible()
    link = page.get_by_label("Invite link").input_value()
    assert link.startswith(f"{desk.server.url}/join/")
    screenshot(page, "first-run")

    company.bob.say(page.url.rstrip("/").rsplit("/", 1)[1], "Good morning")

    assert_message_text(page, "Good morning")
    expect(page.get_by_label("Invite link")).to_be_hidden()
    expect(page.get_by_role("heading", name="The start of general")).to_be_visible()
