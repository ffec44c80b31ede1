"""Answers with a quote in the browser: written, shown, followed to their origin, and right when it changes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Company, screenshot
from tests.browser.steps import act_on, message, send_message

OpenRoom = Callable[..., Page]


def quote_box(page: Page) -> Locator:
    return page.locator("main .composer__quote")


def quote_over(page: Page, text: str) -> Locator:
    return message(page, text).locator("a.quote")


def answer(page: Page, origin: str, text: str) -> None:
    act_on(page, origin, "Reply")
    expect(quote_box(page)).to_contain_text(origin)
    send_message(page, text)
    expect(quote_box(page)).to_be_hidden()


def test_an_answer_quotes_and_leads_to_its_origin(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    answer(bob, "Tea?", "Yes, please")

    expect(quote_over(bob, "Yes, please")).to_contain_text("Tea?")
    expect(quote_over(alice, "Yes, please")).to_contain_text("Tea?")
    screenshot(bob, "quote")
    quote_over(alice, "Yes, please").click()
    expect(alice.locator(".feed__item[data-target]").get_by_text("Tea?")).to_be_visible()


def test_a_quote_is_taken_back_by_its_button_or_escape(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    bob = open_room(company.bob, room)
    act_on(bob, "Tea?", "Reply")
    bob.keyboard.press("Escape")
    expect(quote_box(bob)).to_be_hidden()
    act_on(bob, "Tea?", "Reply")
    quote_box(bob).get_by_role("button").click()
    send_message(bob, "By the way")

    expect(message(bob, "By the way")).to_have_count(1)
    expect(quote_over(bob, "By the way")).to_have_count(0)


def test_a_quote_follows_edits_and_deletion_live(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "Tea?")
    answer(bob, "Tea?", "Yes, please")
    alice.locator("main room-composer textarea").press("ArrowUp")
    alice.locator(".message__editor textarea").fill("Coffee?")
    alice.locator(".message__editor textarea").press("Enter")

    expect(quote_over(bob, "Yes, please").locator("span")).to_have_text("Coffee?")


def test_a_quote_shows_nothing_of_a_deleted_message(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    origin = company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Tea?"})
    bob = open_room(company.bob, room)
    answer(bob, "Tea?", "Yes, please")
    expect(bob.locator(".feed__item[data-pending]")).to_have_count(0)
    company.alice.rest.ask("DELETE", f"/messages/{origin['id']}")

    expect(quote_over(bob, "Yes, please").locator("span")).to_have_text("This message was deleted.")
    bob.reload()
    expect(quote_over(bob, "Yes, please").locator("span")).to_have_text("This message was deleted.")
