"""The way in and out by keyboard and menu, and a server that nobody has used yet."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Desk, screenshot
from tests.browser.entrance import FIRST_REQUESTS, sign_up
from tests.live import LiveServer


def test_the_keyboard_goes_through_the_fields_before_the_link(desk: Desk) -> None:
    page = desk.open(None, "/accounts/login/")
    expect(page.get_by_label("E-mail")).to_be_focused()

    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Password")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show password")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Forgot it?")).to_be_focused()


def test_signing_out_is_in_the_menu_of_ones_own_name(desk: Desk) -> None:
    page = desk.open(None)
    with page.expect_response(FIRST_REQUESTS):
        sign_up(page, "Wanda")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()

    page.locator(".user-menu-button").click()
    screenshot(page, "own-menu")
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in to Atrium")).to_be_visible()


def test_the_first_account_of_a_new_server_administers_it(browser: Browser, tmp_path: Path) -> None:
    with LiveServer(tmp_path) as server:
        desk = Desk(browser, server, [], [])
        page = desk.open(None, "/accounts/login/")
        expect(page.get_by_text("This server is new")).to_be_visible()
        screenshot(page, "new-server")
        page.get_by_role("link", name="Create the first account").click()
        expect(page.get_by_role("heading", name="Create the first account")).to_be_visible()

        sign_up(page, "Nadia")
        page.goto("/settings/")
        expect(page.get_by_role("link", name="Users")).to_be_visible()
        for context in desk.contexts:
            context.close()
        assert desk.complaints == []
