"""The emoji picker leads to where emoji are added, and leaves in sight what is being written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import composer

OpenRoom = Callable[..., Page]


def open_picker(page: Page) -> None:
    page.get_by_role("button", name="Emoji", exact=True).click()
    expect(page.locator("#emoji-picker")).to_be_visible()
    expect(page.get_by_role("heading", name="Smileys & emotion")).to_be_attached()


def test_who_may_add_emoji_finds_the_way_in_the_picker(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.rest.ask("PATCH", f"/orgs/{company.slug}", {"emoji_by_admins": True})
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)

    open_picker(bob)
    expect(bob.get_by_role("link", name="Add emoji")).to_be_hidden()
    open_picker(alice)
    alice.get_by_role("link", name="Add emoji").click()

    expect(alice.get_by_role("heading", name="Add an emoji")).to_be_visible()


@pytest.mark.parametrize("height", [800, 480, 360])
def test_the_picker_leaves_the_composer_in_sight(company: Company, open_room: OpenRoom, height: int) -> None:
    page = open_room(company.bob, company.open_room("design"), viewport={"width": 1280, "height": height})
    composer(page).fill("a line")

    open_picker(page)
    screenshot(page, f"picker-{height}")

    picker, box = page.locator("#emoji-picker").bounding_box(), page.locator(".composer").first.bounding_box()
    assert picker and box
    assert picker["y"] >= 0
    assert picker["y"] + picker["height"] <= box["y"]
    expect(page.locator("#emoji-picker [data-emoji]").first).to_be_in_viewport()


def test_on_a_phone_the_picker_is_a_sheet_inside_the_window(desk: Desk, company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.bob, company.open_room("design"), **PHONE)

    open_picker(page)
    screenshot(page, "picker-phone")

    box = page.locator("#emoji-picker").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == 844
