"""What a member sets of a room, and of the sidebar, is there at once in all their windows."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.steps import send_message, sidebar_link

OpenRoom = Callable[..., Page]


def test_a_room_is_muted_and_a_favourite_in_every_window(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    window, other = open_room(company.bob, room), open_room(company.bob, company.open_room("quay"))

    window.locator("#room-bar .members-button").click()
    window.get_by_role("button", name="Mute", exact=True).click()
    window.get_by_role("button", name="For 1 hour").click()
    expect(window.locator("#panel")).to_contain_text("Mentions of you still count.")
    window.get_by_role("button", name="Add to favourites").click()

    for page in (window, other):
        expect(page.locator("[data-section=favourites] .nav-link--muted bdi")).to_have_text("design")
    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "unheard"})
    expect(sidebar_link(other, "design")).to_have_attribute("data-unread", "1")
    expect(sidebar_link(other, "design")).not_to_have_class(re.compile("nav-link--unread"))
    expect(other).not_to_have_title(re.compile(r"^\(\d"))
    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "@bob heard"})
    expect(other).to_have_title(re.compile(r"^\(1\)"))


def test_sections_fold_and_rooms_are_filtered_in_every_window(company: Company, open_room: OpenRoom) -> None:
    quiet, loud, here = (company.open_room(name) for name in ("quiet", "loud", "quay"))
    window, other = open_room(company.bob, here), open_room(company.bob, here)
    company.alice.rest.ask("POST", f"/rooms/{loud}/messages", {"content": "@bob"})
    expect(sidebar_link(window, "loud").locator(".count")).to_be_visible()

    window.get_by_role("button", name="Rooms", exact=True).click()

    for page in (window, other):
        expect(page.get_by_role("button", name="Rooms", exact=True)).to_have_attribute("aria-expanded", "false")
        expect(page.locator(f'[data-room="{quiet}"]').first).to_be_hidden()
        expect(sidebar_link(page, "loud")).to_be_visible()
    window.reload()
    expect(window.locator(f'.nav-link[data-room="{quiet}"]')).to_be_hidden()
    window.get_by_role("button", name="Rooms", exact=True).click()
    expect(window.locator(f'.nav-link[data-room="{quiet}"]')).to_be_visible()

    window.keyboard.press("Control+Shift+U")
    expect(other.locator(f'.nav-link[data-room="{quiet}"]')).to_be_hidden()
    expect(sidebar_link(other, "loud")).to_be_visible()


def test_a_new_name_and_emoji_are_seen_and_told(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    bob = open_room(company.bob, room)
    send_message(bob, "Ahoy")

    company.alice.rest.ask("PATCH", f"/rooms/{room}", {"name": "mast", "emoji": "⛵"})

    expect(bob.locator("#room-bar .room-icon__emoji")).to_have_text("⛵")
    expect(bob.locator(".feed__system").last).to_have_text("Alice renamed the room from design to mast")
    expect(sidebar_link(bob, "mast").locator(".room-icon__emoji")).to_have_text("⛵")
    company.alice.rest.ask("PATCH", f"/rooms/{room}", {"system_messages": False})
    expect(bob.locator(".feed__system")).to_have_count(0)
