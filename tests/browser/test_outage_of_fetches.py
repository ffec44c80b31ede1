"""The server can't be reached while a script sends a form: it stays as it is, and is sent once the server is back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.test_outage import WAITING, Outage, notice

OpenRoom = Callable[..., Page]


def open_details(page: Page) -> None:
    page.get_by_role("link", name="About this room").click()
    expect(page.get_by_role("textbox", name="Topic")).to_be_visible()


def open_status(page: Page) -> None:
    page.get_by_title("Status, presence, sign out").click()
    page.get_by_role("link", name="Set a status").click()


def test_a_form_of_the_panel_is_sent_when_asked_to_try_again(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice = open_room(company.alice, room)
    open_details(alice)
    outage = Outage(alice)
    alice.get_by_role("textbox", name="Topic").fill("All about colours")
    alice.locator("#panel").get_by_role("button", name="Save", exact=True).click()
    expect(notice(alice)).to_contain_text(WAITING)
    expect(alice.get_by_role("textbox", name="Topic")).to_have_value("All about colours")

    outage.end()
    notice(alice).get_by_role("button", name="Try now").click()

    expect(alice.locator("header").get_by_text("All about colours")).to_be_visible()
    expect(notice(alice)).to_have_count(0)
    assert company.alice.rest.ask("GET", f"/rooms/{room}")["topic"] == "All about colours"


def test_a_status_is_sent_once_the_server_is_back(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    open_status(alice)
    alice.context.set_offline(True)
    alice.get_by_label("Status", exact=True).fill("At the dentist")
    alice.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(alice.get_by_role("dialog").locator(".outage")).to_contain_text(WAITING)

    alice.context.set_offline(False)

    expect(alice.get_by_role("dialog")).to_have_count(0)
    status = company.alice.rest.ask("GET", "/me")["status"]
    company.alice.rest.ask("PATCH", "/me", {"status": None})  # the other tests' Alice has none
    assert status["text"] == "At the dentist"


def test_whoever_gives_up_keeps_what_was_entered(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice = open_room(company.alice, room)
    open_details(alice)
    outage = Outage(alice)
    alice.get_by_role("textbox", name="Topic").fill("All about colours")
    alice.locator("#panel").get_by_role("button", name="Save", exact=True).click()

    notice(alice).get_by_role("button", name="Cancel").click()
    outage.end()

    expect(notice(alice)).to_have_count(0)
    expect(alice.get_by_text("The server can’t be reached. Try again when you’re connected.")).to_be_visible()
    expect(alice.get_by_role("textbox", name="Topic")).to_have_value("All about colours")
    assert company.alice.rest.ask("GET", f"/rooms/{room}")["topic"] == ""
