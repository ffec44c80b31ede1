"""Going about a room by keyboard and screen reader."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import Company
from tests.browser.steps import act_on, assert_message_text, chip, composer, message, send_message

OpenRoom = Callable[..., Page]
CODE = "```python\n" + "number = 1  # and on it goes\n" * 3 + "```"
WIDE_CODE = "```\n" + "a long line " * 60 + "\n```"
WIDE_TABLE = "|" + " a column |" * 40 + "\n|" + "---|" * 40 + "\n|" + " value |" * 40


def count_stops(page: Page) -> int:
    """The stops of the Tab key in the feed, on the way from the bar to the composer."""
    page.get_by_role("link", name="About this room").focus()
    for stops in range(100):
        page.keyboard.press("Tab")
        if not page.evaluate("Boolean(document.activeElement.closest('room-feed'))"):
            expect(composer(page)).to_be_focused()
            return stops
    raise AssertionError("The feed does not end.")


def test_the_feed_is_one_stop(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, *(f"See https://halyard.example/{number} @bob" for number in range(20)), CODE)
    alice = open_room(company.alice, room)

    assert count_stops(alice) == 1
    alice.keyboard.press("Shift+Tab")
    expect(alice.locator(".message").last).to_be_focused()
    send_message(alice, "One more")
    assert_message_text(alice, "One more")
    assert count_stops(alice) == 1


def test_arrows_move_between_messages_and_enter_leads_to_their_buttons(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "one", "two", "see https://halyard.example")
    bob = open_room(company.bob, room)
    composer(bob).press("Shift+Tab")
    article = bob.locator(".message")
    expect(article.nth(2)).to_be_focused()
    for key, index in (("ArrowUp", 1), ("Home", 0), ("ArrowUp", 0), ("ArrowDown", 1), ("End", 2)):
        bob.keyboard.press(key)
        expect(article.nth(index)).to_be_focused()

    bob.keyboard.press("ArrowRight")
    expect(article.nth(2).get_by_role("link", name="https://halyard.example")).to_be_focused()
    bob.keyboard.press("Escape")
    expect(article.nth(2)).to_be_focused()
    bob.keyboard.press("Enter")
    expect(article.nth(2).get_by_role("button", name="React", exact=True)).to_be_focused()
    expect(article.nth(2).locator(".message__actions")).to_have_css("opacity", "1")
    bob.keyboard.press("ArrowLeft")
    expect(article.nth(2).get_by_role("link", name="https://halyard.example")).to_be_focused()
    bob.keyboard.press("Escape")
    bob.keyboard.press("e")
    expect(bob.locator(".message__editor textarea")).to_be_focused()
    bob.keyboard.press("ArrowUp")
    expect(bob.locator(".message__editor textarea")).to_be_focused()


def test_the_place_in_the_feed_outlasts_a_newer_version(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "one", "two", "three")
    bob = open_room(company.bob, room)
    composer(bob).press("Shift+Tab")
    bob.keyboard.press("ArrowUp")
    composer(bob).focus()
    items = company.alice.rest.ask("GET", f"/rooms/{room}/messages")["items"]
    company.alice.rest.ask("PUT", f"/messages/{items[1]['id']}/reactions/👍")
    expect(chip(bob, "two", "👍")).to_be_visible()

    composer(bob).press("Shift+Tab")

    expect(message(bob, "two").locator(".message")).to_be_focused()
    assert bob.locator(".message[tabindex='0']").count() == 1


def test_what_scrolls_sideways_is_reached_by_keyboard(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, CODE, WIDE_CODE, WIDE_TABLE)
    alice = open_room(company.alice, room)

    expect(alice.locator("pre[data-scrolls]")).to_have_count(1)
    assert count_stops(alice) == 3
    alice.locator("pre[data-scrolls]").focus()
    alice.keyboard.press("ArrowRight")
    expect(alice.locator("pre[data-scrolls]")).to_be_focused()
    alice.wait_for_function("() => document.querySelector('pre[data-scrolls]').scrollLeft > 0")
    assert axe_says(alice) == ""


@pytest.mark.parametrize("panel", [False, True], ids=["without a panel", "with a panel"])
def test_f6_leads_from_region_to_region(company: Company, open_room: OpenRoom, panel: bool) -> None:
    room = company.open_room("design")
    company.bob.say(room, "one")
    alice = open_room(company.alice, room)
    if panel:
        alice.get_by_role("link", name="About this room").click()
        expect(alice.locator("#panel [data-panel-close]")).to_be_focused()
    composer(alice).focus()
    regions = ["#sidebar", "#room-bar", "room-feed", "room-composer"]
    if panel:
        regions.append("#panel")
        alice.keyboard.press("F6")
        expect(alice.locator("#panel :focus")).to_have_count(1)
    for region in regions:
        alice.keyboard.press("F6")
        expect(alice.locator(f"{region} :focus")).to_have_count(1)
    alice.keyboard.press("Shift+F6")
    expect(alice.locator(f"{regions[-2]} :focus")).to_have_count(1)


def test_the_time_of_a_message_is_read_once(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "one", "two")
    alice = open_room(company.alice, room)
    for text in ("one", "two"):
        spoken = message(alice, text).aria_snapshot()
        assert len(re.findall(r"\d{1,2}:\d\d", spoken)) == 1, spoken


def test_code_is_copied_by_a_button(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, CODE)
    alice = open_room(company.alice, room, permissions=["clipboard-read", "clipboard-write"])

    alice.locator("pre").hover()
    alice.get_by_role("button", name="Copy code").click()

    expect(alice.locator(".toast")).to_have_text("Code copied.")
    copied = alice.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == "number = 1  # and on it goes\n" * 2 + "number = 1  # and on it goes"


@pytest.mark.parametrize("text", ["line\n" * 80, "```\n" + "line\n" * 80 + "```", "Many words. " * 400])
def test_a_long_message_is_folded(company: Company, open_room: OpenRoom, text: str) -> None:
    room = company.open_room("design")
    company.bob.say(room, text, "short")
    alice = open_room(company.alice, room)
    body = alice.locator(".message__body").first
    more = alice.get_by_role("button", name="Show more")
    expect(more).to_have_attribute("aria-expanded", "false")
    assert body.evaluate("body => body.clientHeight") <= 400

    more.click()
    assert body.evaluate("body => body.clientHeight === body.scrollHeight && body.clientHeight > 400")
    items = company.alice.rest.ask("GET", f"/rooms/{room}/messages")["items"]
    company.bob.rest.ask("PUT", f"/messages/{items[0]['id']}/reactions/👍")
    expect(alice.locator(".reaction[data-emoji]")).to_have_count(1)
    assert body.evaluate("body => body.clientHeight") > 400
    alice.get_by_role("button", name="Show less").click()
    expect(more).to_be_visible()


def test_a_link_to_our_own_room_stays_in_this_tab(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    alice = open_room(company.alice, room)
    first = company.bob.rest.ask("POST", f"/rooms/{room}/messages", {"content": "the first"})["id"]
    origin = alice.evaluate("location.origin")
    company.bob.say(room, f"{origin}/rooms/{room}/messages/{first}/", f"{origin}/rooms/{other}/")
    links = alice.locator(".message__body a")
    expect(links).to_have_count(2)
    alice.evaluate("window.isSamePage = true")

    links.first.click()
    origin_item = alice.locator(f"#message-{first}")
    expect(origin_item).to_have_attribute("data-target", "")
    expect(origin_item.locator(".message")).to_be_focused()
    assert alice.evaluate("window.isSamePage")
    links.last.click()

    alice.wait_for_url(f"**/rooms/{other}/")
    assert len(alice.context.pages) == 1


def test_acting_by_mouse_leaves_no_toolbar_behind(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "one", "two")
    alice = open_room(company.alice, room)
    act_on(alice, "one", "Save")
    message(alice, "two").hover()

    expect(message(alice, "one").locator(".message__actions")).to_have_css("opacity", "0")
