"""The numbers of an open page follow what happens elsewhere, and are those that it would be opened with."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import assert_online, sidebar_link

OpenRoom = Callable[..., Page]


def expect_numbers(page: Page, badge: int, title: int) -> None:
    """The number beside the room, and that in the title, with which the icon has a dot."""
    count = sidebar_link(page, "quay").locator(".count [data-number]")
    expect(count).to_have_text([str(badge)] if badge else [])
    expect(page).to_have_title(re.compile(rf"^\({title}\) " if title else r"^[^(]"))
    expect(page.locator("link[rel~=icon]")).to_have_attribute(
        "href", re.compile("unread" if title else r"^(?!.*unread)")
    )


def test_numbers_are_the_same_live_and_after_a_reload(company: Company, desk: Desk, open_room: OpenRoom) -> None:
    """Bob looks at another room while Alice writes, and he himself does things on another device."""
    alice, bob = company.alice.rest, company.bob.rest
    room = company.open_room("quay", "channel")
    page = open_room(company.bob, company.open_room("office"))
    assert_online(page)
    username = bob.ask("GET", "/me")["username"]

    def post(content: str, **more: object) -> str:
        return str(alice.ask("POST", f"/rooms/{room}/messages", {"content": content, **more})["id"])

    expect_numbers(page, 0, 0)
    message = post(f"@{username} tea")
    expect_numbers(page, 1, 1)
    alice.ask("PATCH", f"/messages/{message}", {"content": "tea"})
    expect_numbers(page, 0, 1)
    alice.ask("PATCH", f"/messages/{message}", {"content": "@room tea"})
    expect_numbers(page, 1, 1)
    bob.ask("PUT", f"/rooms/{room}/read", {"seq": 1})
    expect_numbers(page, 0, 0)
    bob.ask("PUT", f"/rooms/{room}/read", {"seq": 0})
    expect_numbers(page, 1, 1)
    alice.ask("DELETE", f"/messages/{message}")
    expect_numbers(page, 0, 1)
    post("@here, tea")
    post("@channel, tea")
    expect_numbers(page, 2, 2)
    bob.ask("PATCH", f"/rooms/{room}/me", {"muted_until": "9999-01-01T00:00:00Z"})
    post("tea")
    expect_numbers(page, 2, 2)
    page.reload()
    expect_numbers(page, 2, 2)

    bob.ask("POST", f"/rooms/{room}/leave")
    expect(sidebar_link(page, "quay")).to_have_count(0)
    expect(page).to_have_title(re.compile(r"^[^(]"))
    bob.ask("POST", f"/rooms/{room}/join")
    expect_numbers(page, 0, 0)
    root = bob.ask("POST", f"/rooms/{room}/messages", {"content": "root"})["id"]
    post("@room", thread_id=root)
    expect_numbers(page, 0, 1)
    bob.ask("PUT", f"/messages/{root}/thread/read", {"seq": 1})
    expect_numbers(page, 0, 0)
