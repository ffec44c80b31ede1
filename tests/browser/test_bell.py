"""The bell, in two browsers and two tabs."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company


def test_it_rings_in_every_tab_and_is_read_in_all(company: Company, open_room: Callable[..., Page]) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    company.bob.rest.ask("POST", "/notifications/read-all")
    tab, second = open_room(company.bob, other), open_room(company.bob, other)
    count, second_count = (page.locator("[data-bell-count]") for page in (tab, second))
    username = company.bob.rest.ask("GET", "/me")["username"]
    expect(tab).to_have_title(re.compile(r"^[^(]"))

    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": f"@{username} the crane is here"})

    expect(tab.locator(".toast", has_text="mentioned you in quay")).to_be_visible()
    expect(tab).to_have_title(re.compile(r"^\(1\) "))
    expect(count).to_have_text("1")
    expect(second_count).to_have_text("1")

    tab.locator("[data-bell]").click()
    expect(tab.get_by_role("dialog", name="Notifications")).to_be_focused()
    row = tab.locator("#bell-panel .notification", has_text="in quay").first
    row.get_by_role("button", name="Mark as read").click()

    expect(count).to_have_text("0")
    expect(second_count).to_have_text("0")
    expect(row.get_by_role("button", name="Mark as unread")).to_be_focused()

    company.open_room("pier")
    expect(second_count).to_have_text("1")
    second.get_by_role("link", name="pier").click()
    expect(second_count).to_have_text("0")
    expect(count).to_have_text("0")
