"""The bell, in two browsers and two tabs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company


def test_a_mention_rings_in_every_tab_and_is_read_in_all(company: Company, open_room: Callable[..., Page]) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    tab, second = open_room(company.bob, other), open_room(company.bob, other)
    count, second_count = (page.locator("[data-bell-count]") for page in (tab, second))
    username = company.bob.rest.ask("GET", "/me")["username"]
    before = int(count.inner_text())

    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": f"@{username} the crane is here"})

    expect(tab.locator(".toast", has_text="mentioned you in quay")).to_be_visible()
    expect(count).to_have_text(str(before + 1))
    expect(second_count).to_have_text(str(before + 1))

    tab.locator("[data-bell]").click()
    expect(tab.get_by_role("dialog", name="Notifications")).to_be_focused()
    row = tab.locator("#bell-panel .notification", has_text="in quay").first
    row.get_by_role("button", name="Mark as read").click()

    expect(count).to_have_text(str(before))
    expect(second_count).to_have_text(str(before))
    expect(row.get_by_role("button", name="Mark as unread")).to_be_focused()
