"""Names, faces and mentions lead to the person."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import PHONE, Company, Desk
from tests.browser.steps import message

OpenRoom = Callable[..., Page]


@pytest.fixture
def room(company: Company) -> str:
    company.bob.rest.ask("PATCH", "/me", {"time_zone": "Pacific/Auckland", "status": {"emoji": "🌴", "text": "Away"}})
    room = company.open_room("design")
    company.bob.say(room, "Tea?")
    company.alice.say(room, "Yes, @bob")
    return room


def card(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Bob")


@pytest.mark.parametrize("opener", [".message__author", ".message > .avatar", ".mention"])
def test_a_click_on_a_person_shows_their_card(room: str, company: Company, open_room: OpenRoom, opener: str) -> None:
    alice = open_room(company.alice, room)
    text = "Yes, @Bob" if opener == ".mention" else "Tea?"
    alice.locator(".feed__item", has_text=text).last.locator(opener).first.click()

    expect(card(alice)).to_contain_text("@bob")
    expect(card(alice)).to_contain_text("Away")
    expect(card(alice)).to_contain_text("Member of")
    expect(card(alice)).to_contain_text(re.compile(r"\d{1,2}:\d\d( [AP]M)? local time"))
    assert axe_says(alice) == ""
    card(alice).get_by_role("button", name="Message").click()

    alice.wait_for_url("**/rooms/**")
    expect(alice.locator("#room-bar h1")).to_have_text("Bob")


def test_a_card_opens_and_closes_by_keyboard(room: str, company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, room)
    alice.locator("room-composer textarea").press("Shift+Tab")
    alice.keyboard.press("ArrowUp")
    alice.keyboard.press("ArrowRight")
    author = message(alice, "Tea?").locator(".message__author")
    expect(author).to_be_focused()

    alice.keyboard.press("Enter")
    expect(card(alice).get_by_role("button", name="Message")).to_be_focused()
    alice.keyboard.press("Escape")

    expect(card(alice)).to_be_hidden()
    expect(author).to_be_focused()


def test_on_a_phone_a_card_is_a_sheet_at_the_lower_edge(room: str, company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, room, **PHONE)
    message(alice, "Tea?").locator(".message__author").tap()

    expect(card(alice)).to_be_visible()
    box = card(alice).bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)


def test_names_in_the_panel_and_among_the_saved_lead_there_too(
    room: str, company: Company, open_room: OpenRoom, desk: Desk
) -> None:
    alice = open_room(company.alice, room)
    alice.get_by_role("link", name="About this room").click()
    alice.locator("#panel").get_by_role("button", name="Bob", exact=True).click()
    expect(card(alice)).to_be_visible()

    items = company.alice.rest.ask("GET", f"/rooms/{room}/messages")["items"]
    company.alice.rest.ask("PUT", f"/messages/{items[0]['id']}/bookmark")
    saved = desk.open(company.alice, f"/o/{company.slug}/saved/")
    saved.get_by_role("button", name="Bob", exact=True).click()
    expect(card(saved)).to_be_visible()


def test_who_is_no_longer_there_is_said_to_be_gone(
    room: str, company: Company, open_room: OpenRoom, desk: Desk
) -> None:
    desk.expect("404")
    alice = open_room(company.alice, room)
    company.alice.rest.ask("DELETE", f"/orgs/{company.slug}/members/{company.bob.id}")

    message(alice, "Tea?").locator(".message__author").click()

    expect(alice.locator(".toast")).to_contain_text("This profile can’t be shown.")
