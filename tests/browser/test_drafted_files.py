"""Files of a draft on two devices of the same user."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.attaching import (
    LARGE,
    SLOW,
    act_on_file,
    choose_files,
    expect_uploaded,
    limit_speed,
    list_file_names,
    picture,
    row,
    rows,
    text_file,
    wait_until_under_way,
)
from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, screenshot
from tests.browser.draft_steps import OpenRoom, go_to
from tests.browser.file_steps import upload
from tests.browser.steps import assert_message_text, composer, sidebar_link
from tests.browser.test_sending_files_later import schedule
from tests.browser.test_threads import open_thread, panel


def expect_picture(page: Page, name: str) -> None:
    """The tray shows a small picture of a file, which has come from the server."""
    image = row(page, name).locator(".tray__picture img")
    expect(image).to_be_visible()
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=image.element_handle())


def test_files_follow_to_another_device(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    laptop, phone = open_room(company.alice, room), open_room(company.alice, room, **PHONE)
    choose_files(laptop, picture("boats.png"), text_file("a.txt"))
    laptop.get_by_label("Description of boats.png").fill("Two boats at low tide")
    laptop.get_by_label("Description of boats.png").press("Enter")

    expect_uploaded(phone, "boats.png", "a.txt")
    expect_picture(phone, "boats.png")
    expect(phone.get_by_label("Description of boats.png")).to_have_value("Two boats at low tide")

    # Removed here, it goes there; added there, it comes here.
    act_on_file(phone, "a.txt", "Remove")
    expect_uploaded(laptop, "boats.png")
    choose_files(phone, text_file("b.txt"))
    expect_uploaded(laptop, "boats.png", "b.txt")

    # Elsewhere a pencil shows them, and so does the page of all drafts.
    tablet = open_room(company.alice, other)
    expect(sidebar_link(tablet, "design").locator("[data-draft]")).to_be_visible()
    tablet.goto(f"/o/{company.slug}/drafts/")
    expect(tablet.locator(".held-files li")).to_contain_text(["boats.png", "b.txt"])
    expect(tablet.locator(".held-files li").first).to_contain_text("PNG picture")

    # Sent from the device that has uploaded none of them, they leave all trays.
    go_to(laptop, "kitchen", other)
    act_on_file(phone, "b.txt", "Remove")
    composer(phone).fill("The harbour")
    phone.locator("main").get_by_role("button", name="Send", exact=True).click()
    assert_message_text(phone, "The harbour")
    expect(sidebar_link(laptop, "design").locator("[data-draft]")).to_have_count(0)
    go_to(laptop, "design", room)
    expect(laptop.get_by_role("img", name="Two boats at low tide")).to_be_visible()
    expect(rows(laptop)).to_have_count(0)


def test_files_from_two_devices_at_once_come_together(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    laptop, phone = open_room(company.alice, room), open_room(company.alice, room)
    limit_speed(laptop, SLOW)
    choose_files(laptop, text_file("film.txt", LARGE))
    wait_until_under_way(laptop, "film.txt")

    choose_files(phone, text_file("a.txt"))
    expect(rows(laptop)).to_have_count(2)
    composer(phone).fill("Both")
    expect(composer(laptop)).to_have_value("Both")
    limit_speed(laptop)

    expect_uploaded(laptop, "film.txt", "a.txt")
    expect_uploaded(phone, "film.txt", "a.txt")
    composer(laptop).press("Enter")
    assert_message_text(phone, "Both")
    assert list_file_names(phone) == ["film.txt", "a.txt"]
    expect(rows(phone)).to_have_count(0)


def test_files_of_a_reply_follow_to_its_thread(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    laptop, phone = open_room(company.alice, room), open_room(company.alice, room)
    open_thread(laptop, "Tea?")
    choose_files(laptop, text_file("menu.txt"), within="#panel")

    open_thread(phone, "Tea?")
    expect_uploaded(phone, "menu.txt", within="#panel")
    expect(rows(phone)).to_have_count(0)
    panel(phone).locator("room-composer textarea").press("Enter")

    expect(panel(laptop).locator(".feed > .feed__item [data-asset]")).to_contain_text("menu.txt")
    expect(rows(laptop, within="#panel")).to_have_count(0)


def test_another_draft_is_taken_with_its_files(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    laptop = open_room(company.alice, room)
    choose_files(laptop, text_file("mine.txt"))
    expect_uploaded(laptop, "mine.txt")
    with laptop.expect_response(lambda response: response.request.method == "PUT" and "/draft" in response.url):
        composer(laptop).press_sequentially("Mine")

    theirs = upload(company.alice, company.slug, "theirs.txt", b"theirs")
    company.alice.rest.ask("PUT", f"/rooms/{room}/draft", {"content": "Theirs", "asset_ids": [theirs]})
    expect(laptop.locator(".composer__newer")).to_be_visible()
    expect_uploaded(laptop, "mine.txt")
    laptop.get_by_role("button", name="Use it").click()

    expect(composer(laptop)).to_have_value("Theirs")
    expect_uploaded(laptop, "theirs.txt")
    # One that was deleted meanwhile is told of before anything is sent.
    company.alice.rest.ask("DELETE", f"/assets/{theirs}")
    expect(row(laptop, "theirs.txt")).to_contain_text("It was deleted, or you no longer see it.")
    composer(laptop).press("Enter")
    expect(row(laptop, "theirs.txt").get_by_role("button", name="Remove theirs.txt")).to_be_focused()
    screenshot(laptop, "deleted-file-of-a-draft")
    laptop.keyboard.press("Enter")
    expect(rows(laptop)).to_have_count(0)


def test_a_scheduled_message_goes_back_to_the_composer_with_its_files(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    page, phone = open_room(company.alice, room), open_room(company.alice, room)
    choose_files(page, picture("boats.png"), text_file("a.txt"))
    expect_uploaded(page, "boats.png", "a.txt")
    composer(page).fill("The harbour")
    schedule(page)
    expect(rows(page)).to_have_count(0)
    expect(rows(phone)).to_have_count(0)
    choose_files(phone, text_file("since.txt"))
    expect_uploaded(page, "since.txt")

    page.locator("main .composer__later").get_by_role("link", name="Show").click()
    page.get_by_role("button", name="Back to the composer").click()

    for device in (page, phone):
        expect(composer(device)).to_have_value("The harbour")
        expect_uploaded(device, "boats.png", "a.txt", "since.txt")
    expect_picture(page, "boats.png")
    composer(page).press("Enter")
    assert_message_text(phone, "The harbour")
    expect(rows(phone)).to_have_count(0)


def test_files_of_a_draft_look_well_everywhere(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    laptop = open_room(company.alice, room)
    choose_files(laptop, picture("boats.png"), text_file("a very long name of a file " * 4 + ".txt", 30_000))
    composer(laptop).fill("The harbour")
    for number, options in enumerate(({}, PHONE, {**PHONE, "locale": "de", "color_scheme": "dark"})):
        page = open_room(company.alice, room, **options)
        expect(rows(page)).to_have_count(2)
        expect_picture(page, "boats.png")
        assert axe_says_in_both_themes(page) == ""
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        screenshot(page, f"tray-of-another-device-{number}")
        page.goto(f"/o/{company.slug}/drafts/")
        expect(page.locator(".held-files li")).to_have_count(2)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        screenshot(page, f"drafts-with-files-{number}")
        page.context.close()
