"""What tests of drafts do: rooms in several tabs, and what is stored."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Company
from tests.browser.steps import await_room, join_room, sidebar_link

OpenRoom = Callable[..., Page]
# Strings are evaluated nowhere else: the content security policy forbids it.
AWAIT_STORED = """async (count) => {
  const stored = () => Object.keys(localStorage).filter((key) => /\\.(draft|edit|outbox)\\./.test(key)).length
  while (stored() !== count) await new Promise((resolve) => setTimeout(resolve, 50))
}"""


def open_tab(page: Page, room: str) -> Page:
    """Open a room in another tab of the same browser."""
    tab = page.context.new_page()
    join_room(tab, room)
    return tab


def open_two_tabs(company: Company, open_room: OpenRoom) -> tuple[str, Page, Page]:
    """Open a room of Alice's twice in one browser; return its id and both tabs."""
    room = company.open_room("design")
    first = open_room(company.alice, room)
    return room, first, open_tab(first, room)


def go_to(page: Page, name: str, room: str) -> None:
    """Follow the sidebar's link to a room."""
    sidebar_link(page, name).click()
    await_room(page, room)


def reload_room(page: Page, room: str) -> None:
    page.reload()
    join_room(page, room)


def await_stored(page: Page, count: int) -> None:
    page.evaluate(AWAIT_STORED, count)
