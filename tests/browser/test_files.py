"""The page of files, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.accounts.pictures import halves
from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk
from tests.browser.file_steps import upload


def test_files_are_found_while_one_types_and_shown_as_a_list(company: Company, desk: Desk) -> None:
    for name in ("Möwe.txt", "tides.txt", "harbour.txt"):
        upload(company.bob, company.slug, name, name.encode())
    page = desk.open(company.bob, f"/o/{company.slug}/files/")
    expect(page.locator(".gallery .tile")).to_have_count(3)

    page.get_by_label("Find a file").fill("mowe")
    expect(page.locator(".tile")).to_have_count(1)
    page.get_by_role("link", name="List", exact=True).click()

    expect(page).to_have_url(re.compile(r"q=mowe"))
    expect(page.locator(".file-row")).to_have_count(1)
    page.get_by_role("link", name="Files", exact=True).click()
    expect(page.locator(".file-row")).to_have_count(3)


def test_further_files_come_as_one_scrolls_and_nothing_jumps(company: Company, desk: Desk) -> None:
    for n in range(60):
        upload(company.bob, company.slug, f"{'a long name of a log ' * (n % 5)}{n}.txt", f"{n}".encode())
    page = desk.open(company.bob, f"/o/{company.slug}/files/?view=grid")
    expect(page.locator(".tile")).to_have_count(50)
    page.evaluate(
        """() => {
            window.shifts = 0
            new PerformanceObserver((list) => list.getEntries().forEach((each) => window.shifts += each.value))
                .observe({ type: "layout-shift" })
        }"""
    )
    page.locator(".tile").nth(49).scroll_into_view_if_needed()

    expect(page.locator(".tile")).to_have_count(60)
    expect(page.locator("more-rows")).to_have_count(0)
    assert page.evaluate("window.shifts") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    widths = page.locator(".tile").evaluate_all("tiles => tiles.map((tile) => Math.round(tile.clientWidth))")
    assert len(set(widths)) == 1


def test_an_owner_deletes_a_file_after_a_question(company: Company, desk: Desk) -> None:
    room = company.open_room("harbour")
    asset_id = upload(company.bob, company.slug, "halves.png", halves())
    company.bob.rest.ask("POST", f"/rooms/{room}/messages", {"content": "", "asset_ids": [asset_id]})
    page = desk.open(company.bob, f"/rooms/{room}/details/")
    page.locator("#panel").get_by_role("link", name="All files of this room").click()
    page.get_by_role("link", name="halves.png").click()
    expect(page.get_by_role("link", name="harbour")).not_to_have_count(0)

    page.get_by_role("button", name="Delete file").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("It stands in 1 message")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Delete file").click()
    dialog.get_by_role("button", name="Delete file").click()

    expect(page.get_by_text("“halves.png” is deleted.")).to_be_visible()
    expect(page.get_by_text("No files yet")).to_be_visible()


def test_axe_finds_nothing_on_a_desk_nor_a_phone(company: Company, desk: Desk) -> None:
    asset_id = upload(company.alice, company.slug, "a very long name " * 12 + ".png", halves())
    upload(company.alice, company.slug, "tides.txt", b"Low tide at six.\n")
    files = f"/o/{company.slug}/files/"
    for options in ({}, PHONE):
        page = desk.open(company.alice, **options)
        for path in (files, f"{files}?view=list", f"{files}?q=nothing", f"{files}{asset_id}/", f"{files}storage/"):
            page.goto(path)
            assert axe_says_in_both_themes(page) == "", path
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path


def test_the_switcher_finds_files_by_their_names(company: Company, desk: Desk) -> None:
    upload(company.alice, company.slug, "Low tide of Alice.txt", b"1")
    upload(company.bob, company.slug, "Low tide of Bob.txt", b"2")
    page = desk.open(company.bob, f"/o/{company.slug}/people/")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to").fill("low ti")

    expect(page.get_by_role("option", name="Low tide of Bob.txt")).to_be_visible()
    expect(page.get_by_role("option", name="Low tide of Alice.txt")).to_have_count(0)
    page.get_by_role("option", name="Low tide of Bob.txt").click()
    expect(page.get_by_role("heading", name="Low tide of Bob.txt")).to_be_visible()
