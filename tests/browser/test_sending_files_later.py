"""Messages with files that are sent later from a composer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.attaching import (
    LARGE,
    SLOW,
    choose_files,
    expect_uploaded,
    limit_speed,
    picture,
    rows,
    text_file,
    wait_until_under_way,
)
from tests.browser.conftest import PHONE, Company, screenshot
from tests.browser.steps import assert_message_text, composer, sidebar_link
from tests.browser.test_later import pick

OpenRoom = Callable[..., Page]


def schedule(page: Page) -> None:
    page.locator("main [data-later]").click()
    pick(page, "Tomorrow")


def test_files_are_sent_later_with_their_message(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    page, bobs = open_room(company.alice, room), open_room(company.bob, room)
    choose_files(page, picture("boats.png"), text_file("a.txt"))
    expect_uploaded(page, "boats.png", "a.txt")
    page.get_by_label("Description of boats.png").fill("Two boats at low tide")
    composer(page).fill("The harbour")

    schedule(page)

    expect(page.locator(".toast")).to_contain_text("Will be sent on ")
    expect(composer(page)).to_have_value("")
    expect(rows(page)).to_have_count(0)
    page.locator("main .composer__later").get_by_role("link", name="Show").click()
    expect(page.locator(".held-files li a")).to_have_text(["boats.png", "a.txt"])
    screenshot(page, "files-for-later")
    expect(page.get_by_role("button", name="Back to the composer")).to_be_visible()
    page.get_by_role("button", name="Send now").click()

    assert_message_text(bobs, "The harbour")
    expect(bobs.get_by_role("img", name="Two boats at low tide")).to_be_visible()
    expect(bobs.locator(".feed__item").last.locator("[data-asset]")).to_have_count(2)


def test_scheduling_files_alone_is_undone(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    choose_files(page, text_file("a.txt"), text_file("b.txt"))
    expect_uploaded(page, "a.txt", "b.txt")
    page.locator("main [data-later]").click()
    pick(page, "Pick a date and a time")
    dialog = page.get_by_role("dialog", name="Send later")
    expect(dialog).to_contain_text("a.txt, b.txt")
    dialog.get_by_role("button", name="Save").click()
    expect(rows(page)).to_have_count(0)
    expect(page.locator("main .composer__later")).to_be_visible()

    page.locator(".toast").get_by_role("button", name="Undo").click()

    expect_uploaded(page, "a.txt", "b.txt")
    expect(sidebar_link(page, "Scheduled")).to_have_count(0)
    composer(page).press("Enter")
    expect(page.locator(".feed__item:not([data-pending]) [data-asset]")).to_have_count(2)


def test_files_that_are_still_on_their_way_are_told_of(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"), **PHONE)
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")
    composer(page).fill("The film")

    schedule(page)

    expect(page.locator(".toast")).to_contain_text("Not scheduled. Its files are still on their way.")
    expect(composer(page)).to_have_value("The film")
    limit_speed(page)
    expect_uploaded(page, "film.txt")
    schedule(page)
    expect(rows(page)).to_have_count(0)
    expect(composer(page)).to_have_value("")
