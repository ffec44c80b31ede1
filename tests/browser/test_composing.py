"""Writing a message, and what happens around it until it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import PHONE, Company, Desk
from tests.browser.steps import act_on, assert_message_text, composer, message, send_message

OpenRoom = Callable[..., Page]
# Send a text and tell where the message and the one before it were in each frame until it has been settled for a while.
SEND_AND_MEASURE = """async (text) => {
  const field = document.querySelector("room-composer textarea")
  field.value = text
  field.dispatchEvent(new Event("input", { bubbles: true }))
  const count = document.querySelectorAll(".feed__item").length
  const frames = []
  // A quick server answers before the first frame.
  let wasPending = false
  const look = () => { wasPending ||= Boolean(document.querySelector(".feed__item[data-pending]")) }
  new MutationObserver(look).observe(document.querySelector(".feed"), { childList: true, subtree: true })
  field.form.requestSubmit()
  for (let settled = 0; settled < 20; ) {
    await new Promise(requestAnimationFrame)
    const items = [...document.querySelectorAll(".feed__item")]
    if (items.length === count) continue
    const [before, item] = items.slice(-2).map((each) => each.getBoundingClientRect())
    const pending = items.at(-1).matches("[data-pending]")
    frames.push({ pending, top: item.top, height: item.height, before: before.top })
    settled = frames.at(-1).pending ? 0 : settled + 1
  }
  return [wasPending, frames]
}"""
TEXTS = {
    "a line": "Morning!",
    "lines": "one\ntwo",
    "paragraphs": "one\n\ntwo\nthree",
    "lists": "to bring:\n- rope\n- tea\n\n1. go\n2. come back",
    "quote": "> the tide waits\n> for nobody\n\nIndeed",
    "code": "look:\n```python\nprint(1)\n\nprint(2)\n```\nthere",
    "heading": "# Plan\nall of it",
    "table": "| berth | boat |\n|---|---|\n| 4 | Sofia |",
    "emoji": "🎉 👍🏽",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_sent_message_settles_without_moving(company: Company, open_room: OpenRoom, text: str) -> None:
    room = company.open_room("design")
    company.bob.say(room, *(f"earlier {number}" for number in range(30)))
    alice = open_room(company.alice, room)

    was_pending, frames = alice.evaluate(SEND_AND_MEASURE, text)

    assert was_pending
    assert not frames[-1]["pending"]
    for side in ("top", "height", "before"):
        positions = [frame[side] for frame in frames]
        assert max(positions) - min(positions) <= 1, side


def test_the_page_keys_scroll_the_feed_from_the_composer(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, *(f"earlier {number}" for number in range(40)))
    alice = open_room(company.alice, room)
    composer(alice).fill("half a thought")
    feed = alice.locator("room-feed")
    bottom = feed.evaluate("feed => feed.scrollTop")

    composer(alice).press("PageUp")
    height = feed.evaluate("feed => feed.clientHeight")
    assert feed.evaluate("feed => feed.scrollTop") == pytest.approx(bottom - height * 0.875, abs=2)
    composer(alice).press("PageDown")
    assert feed.evaluate("feed => feed.scrollTop") == pytest.approx(bottom, abs=2)
    expect(composer(alice)).to_be_focused()


def test_on_touch_screens_enter_begins_a_line_and_a_button_sends(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.bob, company.open_room("design"), **PHONE)
    composer(page).fill("one")
    composer(page).press("Enter")
    composer(page).press_sequentially("two")
    expect(composer(page)).to_have_value("one\ntwo")
    expect(composer(page)).to_have_attribute("enterkeyhint", "enter")

    page.get_by_role("button", name="Send", exact=True).tap()

    expect(page.locator(".message__body")).to_have_text("one\ntwo", use_inner_text=True)


def test_a_setting_says_what_enter_does(company: Company, open_room: OpenRoom, desk: Desk) -> None:
    room = company.open_room("design")
    settings = desk.open(company.bob, "/settings/appearance/")
    settings.get_by_role("combobox", name="Enter key").select_option("Begins a new line")
    expect(settings.locator("html")).to_have_attribute("data-enter-key", "line")
    page = open_room(company.bob, room)
    composer(page).fill("one")
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("one\n")
    expect(page.locator(".composer__keys")).to_be_hidden()
    composer(page).press("Control+Enter")
    assert_message_text(page, "one")

    settings.get_by_role("combobox", name="Enter key").select_option("Sends")
    expect(settings.locator("html")).to_have_attribute("data-enter-key", "send")
    phone = open_room(company.bob, room, **PHONE)
    send_message(phone, "two")
    settings.get_by_role("combobox", name="Enter key").select_option("Sends, new line on touch screens")
    expect(settings.locator("html:not([data-enter-key])")).to_have_count(1)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a_toast_covers_nothing_that_one_just_used(
    company: Company, open_room: OpenRoom, options: dict[str, Any]
) -> None:
    room = company.open_room("design")
    company.alice.say(room, *(f"message {number}" for number in range(30)))
    alice = open_room(company.alice, room, **options)
    toolbars = alice.locator(".message__actions")
    shown = alice.locator(".message__body").all_inner_texts()
    for text in (shown[-1], shown[-8], shown[-4]):
        if options:
            message(alice, text).locator(".message").evaluate("article => article.setAttribute('data-active', '')")
            message(alice, text).get_by_role("button", name="Save", exact=True).click()
        else:
            act_on(alice, text, "Save")
        toast = alice.locator(".toast").last
        expect(toast).to_be_visible()
        for used in (message(alice, text), message(alice, text).locator(toolbars)):
            assert not overlap(toast, used), text
        alice.evaluate("for (const toast of document.querySelectorAll('.toast')) toast.remove()")


@pytest.mark.parametrize("width", [1280, 1920, 2560])
def test_feed_composer_and_toolbar_share_one_measure(company: Company, open_room: OpenRoom, width: int) -> None:
    room = company.open_room("design")
    company.alice.say(room, "A word " * 200, "```\n" + "x" * 400 + "\n```", "Tea?")
    alice = open_room(company.alice, room, viewport={"width": width, "height": 900})
    message(alice, "Tea?").hover()
    left, right = edges(alice.locator(".composer"))
    assert right - left < 1000
    for part in (".message__main", ".message__body pre"):
        for each in alice.locator(part).all():
            assert edges(each)[0] >= left
            assert edges(each)[1] <= right + 1
    assert edges(message(alice, "Tea?").locator(".message__actions"))[1] == pytest.approx(right, abs=1)


def test_an_author_of_80_letters_takes_one_line(company: Company, desk: Desk, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Who is this?")
    page = open_room(company.bob, room, **PHONE)
    author = page.locator(".message__author")
    height = box(author)["height"]

    author.evaluate("name => (name.textContent = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(3).slice(0, 80))")

    assert box(author)["height"] == height
    assert box(page.locator(".message__meta"))["height"] <= height + 4
    assert edges(page.locator(".message__meta .message__time"))[1] <= 390
    assert author.evaluate("name => name.scrollWidth > name.clientWidth")


def test_reduced_motion_stops_everything_that_moves(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"), reduced_motion="reduce")
    page.locator(".typing__names").evaluate("names => (names.hidden = false)")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((each) => {
          const { animationName, animationDuration, animationIterationCount } = getComputedStyle(each)
          return animationName !== "none" && (animationIterationCount !== "1" || parseFloat(animationDuration) > 0.01)
            ? [each.className] : []
        })"""
    )

    assert moving == []


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found
    return found


def edges(locator: Locator) -> tuple[float, float]:
    """Where something begins and ends, from left to right."""
    found = box(locator)
    return found["x"], found["x"] + found["width"]


def overlap(one: Locator, other: Locator) -> bool:
    a, b = box(one), box(other)
    across = a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
    return across and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]
