"""What one tab changes in the notification settings, the others of its user show."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk

SETTINGS = "/settings/notifications/"


def test_settings_that_one_tab_changes_are_seen_in_another(
    company: Company, open_room: Callable[..., Page], desk: Desk
) -> None:
    page, other = (desk.open(company.alice, SETTINGS) for _ in range(2))
    room = open_room(company.alice, company.open_room("quay"))
    icon = room.locator(".sidebar__silence")
    expect(icon).to_be_hidden()
    other.get_by_role("textbox", name="Keywords").fill("not saved yet")
    other.get_by_role("textbox", name="Keywords").blur()

    page.get_by_role("button", name="For an hour").click()

    expect(other.get_by_role("button", name="Turn notifications on")).to_be_visible()
    expect(other.get_by_role("textbox", name="Keywords")).to_have_value("not saved yet")
    expect(icon).to_be_visible()
    room.locator(".user-menu-button").click()
    expect(room.locator("#user-menu")).to_contain_text("No notifications until")
    room.locator("#user-menu").get_by_role("button", name="Turn notifications on").click()
    expect(other.get_by_role("button", name="For an hour")).to_be_visible()
    expect(page.get_by_role("button", name="For an hour")).to_be_visible()

    page.get_by_label("Mail me what I haven’t read").select_option("60m")
    page.locator("#main section[aria-labelledby=mail]").get_by_role("button", name="Save").click()
    expect(other.get_by_label("Mail me what I haven’t read")).to_have_value("60m")
