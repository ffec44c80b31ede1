"""A reader in many rooms: the window stays as high as it is, all that is unread is counted, every room can be found."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import sidebar_link

OpenRoom = Callable[..., Page]

MANY = 60
HEIGHTS = "[document.documentElement.scrollHeight, innerHeight]"


@pytest.fixture
def rooms(company: Company) -> list[str]:
    return [company.open_room(f"room {n:02}") for n in range(MANY)]


def test_the_document_is_never_higher_than_the_window(company: Company, desk: Desk, rooms: list[str]) -> None:
    company.bob.say(rooms[0], *(f"line {n}" for n in range(40)))
    page = desk.open(company.alice)
    for path in (f"/rooms/{rooms[0]}/", f"/o/{company.slug}/saved/", f"/o/{company.slug}/rooms/mine/"):
        page.goto(path)
        expect(page.locator("html[data-connection=up]")).to_have_count(1)
        height, window = page.evaluate(HEIGHTS)
        assert height == window, path
        page.keyboard.press("Space")
        assert page.evaluate("scrollY") == 0


def test_rooms_that_are_not_drawn_are_counted_and_come_up(
    company: Company, open_room: OpenRoom, rooms: list[str]
) -> None:
    for room in rooms:
        company.bob.say(room, "Anybody?")
    alice = open_room(company.alice, rooms[0])
    expect(alice).to_have_title(re.compile(rf"^\({MANY - 1}\) "))

    last = sidebar_link(alice, f"room {MANY - 1:02}")
    expect(last).to_be_visible()
    assert sidebar_link(alice, "room 10").count() == 0
    company.bob.say(rooms[10], "@alice, here")

    expect(sidebar_link(alice, "room 10")).to_be_visible()
    expect(sidebar_link(alice, "room 10").locator(".count")).to_have_text(re.compile(r"mentions:\s*1"))
    expect(alice).to_have_title(re.compile(rf"^\({MANY - 1}\) "))
    company.alice.rest.ask("PUT", f"/rooms/{rooms[10]}/read", {"seq": 2})
    expect(alice).to_have_title(re.compile(rf"^\({MANY - 2}\) "))
    screenshot(alice, "many-rooms")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_all_rooms_are_listed_as_one_scrolls(
    company: Company, desk: Desk, rooms: list[str], options: dict[str, object]
) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/rooms/mine/", **options)
    lines = page.locator("main .nav-link")
    screenshot(page, f"all-my-rooms-{'phone' if options else 'desktop'}")

    page.locator(".page").evaluate("page => page.scrollTo(0, page.scrollHeight)")

    expect(lines).to_have_count(MANY + 1)
    expect(page.locator("more-rows")).to_have_count(0)
    expect(lines.last).to_contain_text(f"room {MANY - 1:02}")


def test_all_rooms_are_reached_without_script(company: Company, desk: Desk, rooms: list[str]) -> None:
    page = desk.open(company.alice, f"/rooms/{rooms[0]}/", java_script_enabled=False)
    page.get_by_role("link", name="All my rooms").click()
    page.get_by_role("link", name="Show more").click()
    expect(page.locator("main .nav-link").last).to_contain_text(f"room {MANY - 1:02}")

    page.get_by_role("link", name="Back to the start").click()
    page.get_by_role("searchbox", name="Find a room").fill("room 5")
    page.keyboard.press("Enter")

    expect(page.locator("main .nav-link")).to_have_count(10)
