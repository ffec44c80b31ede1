"""Finding one's place in a long history."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.steps import assert_message_text, distance_from_bottom, join_room, message, send_message, texts

OpenRoom = Callable[..., Page]

TOP_OF_ANCHOR = """id => document.querySelector(`[data-seq="${id}"]`).getBoundingClientRect().top"""
FIRST_IN_VIEW = """box => Number([...box.querySelectorAll(".feed__item + .feed__item")].find(
    item => item.getBoundingClientRect().top >= box.getBoundingClientRect().top).dataset.seq)"""


@pytest.fixture
def long_room(company: Company) -> str:
    """300 messages by Bob, none of them read by Alice."""
    room = company.open_room("history")
    company.bob.say(room, *(f"message {number}" for number in range(1, 301)))
    return room


def test_history_is_paged_upwards_without_a_jump(company: Company, open_room: OpenRoom, long_room: str) -> None:
    alice = company.alice
    alice.rest.ask("PUT", f"/rooms/{long_room}/read", {"seq": 300})
    page = open_room(alice, long_room)
    feed = page.locator("room-feed")
    assert distance_from_bottom(page) < 2
    assert_message_text(page, "message 300")
    expect(page.locator(".feed__new")).to_have_count(0)

    while (first := int(page.locator(".feed__item").first.get_attribute("data-seq") or 0)) > 1:
        feed.evaluate("box => box.scrollTop = 200")
        seen = feed.evaluate(FIRST_IN_VIEW)
        top = page.evaluate(TOP_OF_ANCHOR, seen)
        expect(page.locator(f".feed__item[data-seq='{first - 1}']")).to_have_count(1)
        assert abs(page.evaluate(TOP_OF_ANCHOR, seen) - top) <= 1

    assert texts(page) == [f"message {number}" for number in range(1, 301)]
    expect(page.locator(".feed__start")).to_be_visible()


def test_a_room_opens_at_the_first_unread_message(company: Company, open_room: OpenRoom, long_room: str) -> None:
    company.alice.rest.ask("PUT", f"/rooms/{long_room}/read", {"seq": 100})
    page = open_room(company.alice, long_room)
    expect(page.locator(".feed__new")).to_be_in_viewport()
    expect(message(page, "message 101")).to_be_in_viewport()
    expect(page.locator(".feed__jump")).to_be_visible()

    page.locator("room-feed").hover()
    while (last := page.locator(".feed__item").last.get_attribute("data-seq")) != "300":
        page.locator("room-feed").evaluate("box => box.scrollTop = box.scrollHeight")
        expect(page.locator(f".feed__item[data-seq='{last}'] + .feed__item")).to_have_count(1)
    page.locator("room-feed").evaluate("box => box.scrollTop = box.scrollHeight")

    numbers = [int(text.removeprefix("message ")) for text in texts(page)]
    assert numbers == list(range(numbers[0], 301))
    expect(page.locator(".feed__jump")).to_be_hidden()
    expect(page.locator("#sidebar .nav-link[aria-current=page]")).not_to_have_class(re.compile("unread"))
    expect(page.locator(".feed__new")).to_have_count(1)


def test_new_messages_wait_for_a_reader_further_up(company: Company, open_room: OpenRoom, long_room: str) -> None:
    company.alice.rest.ask("PUT", f"/rooms/{long_room}/read", {"seq": 300})
    page = open_room(company.alice, long_room)
    page.locator("room-feed").evaluate("box => box.scrollTop -= 900")
    seen = page.locator("room-feed").evaluate(FIRST_IN_VIEW)
    top = page.evaluate(TOP_OF_ANCHOR, seen)

    company.bob.say(long_room, "first news", "second news")

    jump = page.get_by_role("button", name="2 new messages")
    expect(jump).to_be_visible()
    assert abs(page.evaluate(TOP_OF_ANCHOR, seen) - top) <= 1
    jump.click()
    expect(message(page, "second news")).to_be_in_viewport()
    expect(jump).to_be_hidden()
    company.bob.say(long_room, "third news")
    expect(message(page, "third news")).to_be_in_viewport()
    send_message(page, "Seen")
    assert distance_from_bottom(page) < 2


def test_a_link_to_a_message_shows_it_among_its_neighbours(
    company: Company, open_room: OpenRoom, long_room: str
) -> None:
    items = company.bob.rest.ask("GET", f"/rooms/{long_room}/messages?around=120&limit=2")["items"]
    page = open_room(company.alice, company.open_room("kitchen"))

    page.goto(f"/rooms/{long_room}/messages/{items[-1]['id']}/")

    join_room(page, long_room)
    expect(page.locator("[data-target]")).to_be_in_viewport()
    expect(page.locator("[data-target]")).to_have_attribute("data-seq", str(items[-1]["seq"]))
    expect(message(page, "message 121")).to_be_in_viewport()
    send_message(page, "I answer at the end")
    assert_message_text(page, "I answer at the end")
    expect(message(page, "message 300")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", name="kitchen", level=1)).to_be_visible()


@pytest.mark.parametrize(("locale", "shown"), [("en-US", r"^\d{1,2}:\d\d\s[AP]M$"), ("de-DE", r"^\d{1,2}:\d\d$")])
def test_a_grouped_message_tells_its_time_beside_it(
    company: Company, open_room: OpenRoom, locale: str, shown: str
) -> None:
    room = company.open_room("design")
    company.bob.say(room, "First", "Second")
    page = open_room(company.alice, room, locale=locale)

    message(page, "Second").hover()

    time, words = message(page, "Second").locator(".message__gutter"), message(page, "Second").locator(".message__main")
    expect(time).to_have_css("opacity", "1")
    expect(time).to_have_text(re.compile(shown))
    left, right = time.bounding_box(), words.bounding_box()
    assert left and right
    assert page.locator("room-feed").bounding_box()["x"] + 2 <= left["x"]  # type: ignore[index]
    assert left["x"] + left["width"] <= right["x"]


def test_what_arrives_in_a_hidden_tab_stays_unread(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    page = open_room(company.alice, room)
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => window.isHidden ?? true, configurable: true })"
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    company.bob.say(room, "Are you there?")
    expect(message(page, "Are you there?")).to_have_count(1)
    # More than it takes to read a message in a tab that is looked at.
    page.wait_for_timeout(1_500)
    assert company.alice.rest.ask("GET", f"/rooms/{room}")["unread"] == 1

    page.evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#sidebar .nav-link[aria-current=page]")).not_to_have_class(re.compile("unread"))
    page.wait_for_function(
        "room => fetch(`/api/v1/rooms/${room}`).then(it => it.json()).then(it => it.unread === 0)", arg=room
    )
