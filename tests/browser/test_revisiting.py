"""Rooms that were visited before are shown at once, as they are by now, and nothing is shown that is not to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import (
    assert_message_text,
    assert_no_message,
    assert_online,
    assert_room,
    composer,
    mark_page,
    message,
    sidebar_link,
)

OpenRoom = Callable[..., Page]
ROOM_PAGES = re.compile(r"/rooms/[\w-]{36}/$")


@pytest.fixture
def rooms(company: Company) -> list[str]:
    """Two rooms, each with something of Bob's."""
    rooms = [company.open_room("quay"), company.open_room("mast")]
    for room, text in zip(rooms, ("At the quay", "Up the mast"), strict=True):
        company.bob.say(room, text)
    return rooms


@pytest.fixture
def page(company: Company, open_room: OpenRoom, rooms: list[str]) -> Page:
    """Alice's, at the quay; she has been to both rooms."""
    page = open_room(company.alice, rooms[0])
    mark_page(page)
    for name, room in (("mast", rooms[1]), ("quay", rooms[0])):
        sidebar_link(page, name).click()
        assert_room(page, name, room)
        expect(page.locator("#sidebar .nav-link--unread", has_text=name)).to_have_count(0)
    return page


def hold_pages(page: Page) -> list[Route]:
    """From now on the server answers no request for a room's page."""
    held: list[Route] = []
    page.route(ROOM_PAGES, lambda route: held.append(route))
    return held


def release(page: Page) -> None:
    """Let go on what was held."""
    page.unroute(ROOM_PAGES)


def test_what_was_said_edited_and_deleted_meanwhile_is_shown_at_once(
    company: Company, page: Page, rooms: list[str]
) -> None:
    bob = company.bob.rest
    history = bob.ask("GET", f"/rooms/{rooms[1]}/messages")["items"]
    bob.ask("PATCH", f"/messages/{history[0]['id']}", {"content": "Halfway up"})
    wrong = bob.ask("POST", f"/rooms/{rooms[1]}/messages", {"content": "Wrong"})
    company.bob.say(rooms[1], "@alice, at the top")
    bob.ask("DELETE", f"/messages/{wrong['id']}")
    expect(sidebar_link(page, "mast").locator(".count")).to_have_text(re.compile(r"mentions:\s*1"))
    hold_pages(page)

    sidebar_link(page, "mast").dispatch_event("click")

    assert_room(page, "mast", rooms[1])
    assert_message_text(page, "Halfway up")
    assert_no_message(page, "Up the mast")
    assert_no_message(page, "Wrong")
    expect(page.locator(".feed__new + .feed__item")).to_have_attribute("data-id", wrong["id"])
    expect(page.locator(".feed__item").last).to_contain_text("at the top")
    release(page)
    expect(sidebar_link(page, "mast").locator(".count")).to_have_count(0)
    expect(page.locator(".feed__item", has_text="at the top")).to_have_count(1)


def test_back_and_forward_need_no_answer(page: Page, rooms: list[str]) -> None:
    hold_pages(page)

    page.go_back()
    assert_room(page, "mast", rooms[1])
    page.go_forward()
    assert_room(page, "quay", rooms[0])
    sidebar_link(page, "mast").dispatch_event("click")
    sidebar_link(page, "quay").dispatch_event("click")
    assert_room(page, "quay", rooms[0])
    expect(composer(page)).to_be_focused()

    release(page)
    page.wait_for_timeout(300)  # nothing that comes late leads elsewhere
    assert_room(page, "quay", rooms[0])
    page.go_back()
    assert_room(page, "mast", rooms[1])


def test_what_the_socket_did_not_tell_is_put_right_and_what_is_typed_stays(
    company: Company, page: Page, rooms: list[str]
) -> None:
    composer(page).fill("For the quay")
    held = hold_pages(page)
    sidebar_link(page, "mast").dispatch_event("click")
    assert_room(page, "mast", rooms[1])
    sidebar_link(page, "quay").dispatch_event("click")
    expect(composer(page)).to_have_value("For the quay")
    composer(page).press_sequentially(" side")

    for route in held:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("data-room-name>quay", "data-room-name>harbour"))

    expect(page.locator("main h1")).to_have_text("harbour")
    expect(composer(page)).to_have_value("For the quay side")
    expect(composer(page)).to_be_focused()
    assert_message_text(page, "At the quay")


def test_a_room_that_was_renamed_meanwhile_has_its_new_name(company: Company, page: Page, rooms: list[str]) -> None:
    company.alice.rest.ask("PATCH", f"/rooms/{rooms[1]}", {"name": "topmast"})
    expect(sidebar_link(page, "topmast")).to_be_visible()

    sidebar_link(page, "topmast").dispatch_event("click")

    assert_room(page, "topmast", rooms[1])
    expect(composer(page)).to_have_attribute("placeholder", "Write to topmast")


@pytest.mark.parametrize("is_told", [True, False])
def test_a_room_that_one_was_removed_from_is_not_shown(
    company: Company, open_room: OpenRoom, desk: Desk, rooms: list[str], is_told: bool
) -> None:
    page = open_room(company.bob, rooms[0])
    for name, room in (("mast", rooms[1]), ("quay", rooms[0])):
        sidebar_link(page, name).click()
        assert_room(page, name, room, same_page=False)
    desk.expect("404")
    if is_told:
        company.alice.rest.ask("DELETE", f"/rooms/{rooms[1]}/members/{company.bob.id}")
        expect(sidebar_link(page, "mast")).to_have_count(0)
        hold_pages(page)
    else:
        page.route(ROOM_PAGES, lambda route: route.fulfill(status=404, json={"code": "not_found"}))

    page.go_back()

    if is_told:
        page.wait_for_timeout(300)  # nothing comes from memory
        assert_no_message(page, "Up the mast")
        release(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Not found, or you have no access")
    else:
        expect(page.locator("body")).to_contain_text("not_found")
    assert_no_message(page, "Up the mast")


def test_what_was_kept_ends_with_the_connection(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("connection-banner")).to_be_visible()
    page.context.set_offline(False)
    assert_online(page)
    hold_pages(page)

    sidebar_link(page, "mast").dispatch_event("click")

    expect(sidebar_link(page, "mast")).to_have_attribute("aria-busy", "true")
    assert_message_text(page, "At the quay")
    release(page)
    assert_message_text(page, "Up the mast")


def test_the_rooms_that_a_key_leads_to_come_ahead(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    page = open_room(company.alice, rooms[0])
    mark_page(page)
    company.bob.say(rooms[1], "Come up")
    expect(sidebar_link(page, "mast")).to_have_class(re.compile("nav-link--unread"))
    with page.expect_response(lambda answer: answer.url.endswith(f"/rooms/{rooms[1]}/")):
        page.mouse.move(640, 400)
    page.wait_for_timeout(300)
    hold_pages(page)

    page.keyboard.press("Alt+Shift+ArrowDown")

    assert_room(page, "mast", rooms[1])
    expect(page.locator(".feed__new")).to_be_visible()
    expect(message(page, "Come up")).to_be_visible()
    release(page)
    expect(sidebar_link(page, "mast")).not_to_have_class(re.compile("nav-link--unread"))
