"""However long a name is, the title shrinks, the buttons stay, and nothing is painted over anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company, Desk, screenshot

OpenRoom = Callable[..., Page]

SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "phone": PHONE,
}
# The title ends before the buttons, and these before the end of the room.
BAR = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect()
    const actions = box("#room-bar .bar__actions")
    return [box("#room-bar h1").right <= actions.left + 1, actions.right <= box("#main").right + 1,
        box("#room-bar h1").width > 40]
}"""
# The lines of a link's text, and what stands beside or under it.
OVERLAPS = """() => [...document.querySelectorAll(".item__title")].some((title) => {
    const range = document.createRange()
    range.selectNodeContents(title.querySelector("a"))
    const lines = [...range.getClientRects()]
    return [...title.querySelectorAll(".badge")].map((badge) => badge.getBoundingClientRect()).some((badge) =>
        lines.some((line) => line.left < badge.right - 1 && badge.left < line.right - 1
            && line.top < badge.bottom - 4 && badge.top < line.bottom - 4))
})"""


def assert_bar_fits(page: Page) -> None:
    assert page.evaluate(BAR) == [True, True, True]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["W" * 80, "harbour offices and " * 4], ids=["one word", "words"])
def test_a_long_name_leaves_the_buttons_of_a_room(company: Company, open_room: OpenRoom, size: str, name: str) -> None:
    room = company.open_room(name.strip())
    company.alice.rest.ask("PATCH", f"/rooms/{room}", {"topic": "What belongs here " * 8})
    page = open_room(company.alice, room, **SIZES[size])
    assert_bar_fits(page)
    screenshot(page, f"long-name-{size}")

    page.get_by_role("link", name="About this room").click()
    expect(page.locator("#panel").get_by_role("heading", name="2 members")).to_be_visible()
    if size == "desktop":
        assert_bar_fits(page)
        screenshot(page, "long-name-panel")


@pytest.mark.parametrize("size", SIZES)
def test_the_names_of_eight_leave_the_buttons_of_their_room(company: Company, desk: Desk, size: str) -> None:
    people = [desk.server.sign_up(f"Eight{size.title()}{n}") for n in range(6)]
    for person in people:
        company.alice.rest.invite(company.slug, person)
    ids = [company.bob.id, *(person.id for person in people)]
    room = company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms/direct", {"user_ids": ids})["id"]

    page = desk.open(company.alice, f"/rooms/{room}/", **SIZES[size])

    expect(page.locator("#room-bar h1")).to_be_visible()
    assert_bar_fits(page)


@pytest.mark.parametrize("size", ["tablet", "phone"])
def test_long_names_and_badges_wrap_in_the_directory(company: Company, desk: Desk, size: str) -> None:
    for name in ("W" * 80, "harbour offices and quays " * 3):
        body = {"name": name.strip(), "kind": "channel"}
        company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", body)

    page = desk.open(company.alice, f"/o/{company.slug}/rooms/", **SIZES[size])

    expect(page.locator(".item__title")).to_have_count(3)
    screenshot(page, f"directory-long-{size}")
    assert not page.evaluate(OVERLAPS)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
