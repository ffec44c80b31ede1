"""The drawer of phones has an entry in the history: Back closes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company
from tests.browser.steps import assert_room, mark_page, sidebar_link

OpenRoom = Callable[..., Page]


@pytest.fixture
def rooms(company: Company) -> list[str]:
    return [company.open_room(name) for name in ("quay", "mast")]


def test_back_closes_the_drawer_and_a_room_that_it_led_to(
    company: Company, open_room: OpenRoom, rooms: list[str]
) -> None:
    page = open_room(company.alice, rooms[0], **PHONE)
    mark_page(page)
    drawer, opener = page.locator("#sidebar"), page.locator(".menu-button")

    opener.click()
    expect(drawer).to_be_in_viewport()
    page.go_back()
    expect(drawer).not_to_be_in_viewport()
    assert_room(page, "quay", rooms[0])

    opener.click()
    sidebar_link(page, "mast").click()
    assert_room(page, "mast", rooms[1])
    opener.click()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_in_viewport()
    page.wait_for_function("() => !history.state.isOverlay")
    page.go_back()
    assert_room(page, "quay", rooms[0])
    expect(drawer).not_to_be_in_viewport()

    opener.click()
    drawer.get_by_role("link", name="Threads").click()
    expect(page.get_by_role("heading", name="Threads", level=1)).to_be_visible()
    page.go_back()
    expect(page.locator("main h1")).to_have_text("quay")
    page.wait_for_function("() => !history.state.isOverlay || document.querySelector('#sidebar[data-open]')")
