"""Messages that are sent later, and reminders: from the composer and from the menu of a message."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company, Desk
from tests.browser.steps import assert_message_text, choose, composer, sidebar_link

OpenRoom = Callable[..., Page]


def pick(page: Page, time: str) -> None:
    page.locator("#time-menu").get_by_role("button", name=time).click()


def test_a_message_is_scheduled_seen_in_other_tabs_and_sent_from_the_list(
    company: Company, open_room: OpenRoom
) -> None:
    room = company.open_room("design")
    page, other, bobs = (open_room(who, room) for who in (company.alice, company.alice, company.bob))
    composer(page).fill("Good *morning*")
    page.keyboard.press("Tab")
    page.locator("main [data-later]").press("Enter")
    page.keyboard.press("ArrowDown")
    pick(page, "Tomorrow")

    expect(composer(page)).to_have_value("")
    for tab in (page, other):
        expect(tab.locator("main .composer__later")).to_contain_text("A message will be sent here on ")
        expect(sidebar_link(tab, "Scheduled")).to_contain_text("1")
    page.locator("main .composer__later").get_by_role("link", name="Show").click()
    page.get_by_role("button", name="Send now").click()

    assert_message_text(bobs, "Good morning")
    expect(other.locator("main .composer__later")).to_be_hidden()
    expect(sidebar_link(other, "Scheduled")).to_have_count(0)


def test_scheduling_is_undone_by_the_toast(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    composer(page).fill("Good morning")
    page.locator("main [data-later]").click()
    pick(page, "Tomorrow")
    expect(composer(page)).to_have_value("")

    page.locator(".toast").get_by_role("button", name="Undo").click()

    expect(composer(page)).to_have_value("Good morning")
    expect(page.locator("main .composer__later")).to_be_hidden()
    expect(sidebar_link(page, "Scheduled")).to_have_count(0)


def test_a_command_is_not_sent_later_and_a_time_that_is_past_is_refused(
    company: Company, open_room: OpenRoom, desk: Desk
) -> None:
    desk.expect("422")
    page = open_room(company.alice, company.open_room("design"))
    composer(page).fill("/me waves")
    page.locator("main [data-later]").click()
    pick(page, "Tomorrow")

    expect(page.locator(".toast")).to_contain_text("Commands can’t be sent later.")
    expect(composer(page)).to_have_value("/me waves")
    composer(page).fill("hello")
    page.locator("main [data-later]").click()
    pick(page, "Pick a date and a time")
    dialog = page.get_by_role("dialog", name="Send later")
    field = dialog.get_by_label("Date and time")
    field.evaluate("field => { field.min = ''; field.value = '2020-01-01T09:00' }")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog.get_by_role("alert")).to_contain_text("between a minute and a year")
    dialog.get_by_role("button", name="Cancel").click()
    expect(composer(page)).to_have_value("hello")


def test_holding_send_on_a_phone_offers_times_and_a_message_has_reminders(
    company: Company, open_room: OpenRoom
) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    page = open_room(company.alice, room, **PHONE)
    composer(page).fill("Good morning")
    send = page.locator("main .composer__send [type=submit]")
    send.dispatch_event("pointerdown", {"pointerType": "touch"})
    page.wait_for_function("() => new Promise((resolve) => setTimeout(() => resolve(true), 500))")
    send.dispatch_event("pointerup", {"pointerType": "touch"})
    expect(page.locator("#time-menu")).to_be_visible()
    page.keyboard.press("Escape")

    page.locator(".message", has_text="Tea?").dispatch_event("touchstart")
    choose(page, "Tea?", "Remind me")
    pick(page, "In 3 hours")
    expect(page.locator(".toast")).to_contain_text(re.compile("You’ll be reminded on "))
    page.goto(f"/o/{company.slug}/reminders/")
    expect(page.locator(".reminder-entry")).to_contain_text("Tea?")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("No reminders")).to_be_visible()
