"""Emoji are picked by name, group and tone of skin, for reactions and for texts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.steps import act_on, chip, composer

OpenRoom = Callable[..., Page]


def test_an_emoji_is_found_picked_in_a_tone_and_remembered(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "Tea?")
    alice = open_room(company.alice, room)
    picker = alice.locator("#emoji-picker")

    act_on(alice, "Tea?", "React")
    expect(picker.get_by_role("heading", name="Smileys & emotion")).to_be_visible()
    picker.get_by_role("button", name="Flags").click()
    expect(picker.get_by_role("button", name="flag: Wales")).to_be_visible()
    picker.get_by_label("Medium-dark").check(force=True)
    alice.get_by_label("Find an emoji, or paste any").fill("thumbsup")
    alice.keyboard.press("ArrowDown")
    alice.keyboard.press("Enter")

    expect(chip(alice, "Tea?", "👍🏾")).to_be_visible()
    act_on(alice, "Tea?", "React")
    expect(picker.locator("[data-emoji]").first).to_have_text("👍🏾")


def test_arrows_reach_every_group_and_the_search_again(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))

    alice.get_by_role("button", name="Emoji", exact=True).click()
    expect(alice.get_by_role("heading", name="Smileys & emotion")).to_be_visible()
    alice.keyboard.press("ArrowDown")
    focused = alice.locator("#emoji-picker :focus")
    expect(focused).to_have_attribute("data-emoji", "👍")
    alice.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("data-emoji", "😀")
    alice.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("data-emoji", "😃")
    alice.keyboard.press("ArrowUp")
    expect(focused).to_have_attribute("data-emoji", "❤️")
    alice.keyboard.press("ArrowUp")
    expect(alice.get_by_label("Find an emoji, or paste any")).to_be_focused()


def test_an_emoji_is_put_where_the_caret_is(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    composer(alice).fill("before after")
    composer(alice).evaluate("field => field.setSelectionRange(7, 7)")

    alice.get_by_role("button", name="Emoji", exact=True).click()
    alice.get_by_label("Find an emoji, or paste any").fill("tada")
    alice.keyboard.press("Enter")

    expect(composer(alice)).to_have_value("before 🎉after")
    expect(composer(alice)).to_be_focused()
