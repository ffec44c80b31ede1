"""Emoji are picked by name, group and tone of skin, for reactions and for texts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.accounts.pictures import halves
from tests.browser.axe import axe_says
from tests.browser.conftest import Company
from tests.browser.steps import act_on, chip, composer, message

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


def test_an_emoji_of_ones_own_is_added_completed_given_and_gone(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "Tea?")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    settings = open_room(company.alice, room)
    settings.goto(f"/o/{company.slug}/emoji/")
    settings.get_by_label("Picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": halves()})
    settings.get_by_label("Name", exact=True).fill("party_boat")
    settings.get_by_role("button", name="Add", exact=True).click()
    expect(settings.get_by_text(":party_boat: is there for everybody now.")).to_be_visible()
    assert axe_says(settings) == ""

    composer(alice).press_sequentially("all aboard :party_b")
    expect(alice.get_by_role("option", name=":party_boat:")).to_be_visible()
    alice.keyboard.press("Tab")
    expect(composer(alice)).to_have_value("all aboard :party_boat: ")
    alice.keyboard.press("Enter")
    picture = message(bob, "all aboard").get_by_alt_text(":party_boat:")
    expect(picture).to_have_js_property("naturalWidth", 128)
    act_on(alice, "Tea?", "React")
    alice.get_by_label("Find an emoji, or paste any").fill("party_b")
    alice.keyboard.press("Enter")
    expect(message(bob, "Tea?").get_by_role("button", name=":party_boat:")).to_be_visible()

    settings.get_by_role("button", name="Delete").first.click()
    settings.locator("dialog[open]").get_by_role("button", name="Delete").click()
    expect(settings.get_by_text("No emoji of your own yet")).to_be_visible()
    for place in (bob, open_room(company.bob, room)):
        expect(message(place, "all aboard :party_boat:")).to_be_visible()
        expect(place.locator("img.emoji")).to_have_count(0)


def test_a_name_that_is_typed_becomes_the_emoji_and_code_stays(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    field = composer(alice)

    field.press_sequentially("well done :tad")
    expect(alice.get_by_role("option").first).to_contain_text(":tada:")
    alice.keyboard.press("Enter")
    expect(field).to_have_value("well done 🎉 ")
    field.press_sequentially("at 10:30 `:tad")
    expect(alice.get_by_role("option")).to_have_count(0)
