"""From room to room without loading a page: what one sees is what a page would show, and the socket stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Company, Desk
from tests.browser.steps import (
    assert_message_text,
    assert_no_message,
    assert_room,
    composer,
    distance_from_bottom,
    mark_page,
    message,
    send_message,
    sidebar_link,
)

OpenRoom = Callable[..., Page]


@pytest.fixture
def rooms(company: Company) -> list[str]:
    """Two rooms, each with something of Bob's."""
    rooms = [company.open_room("quay"), company.open_room("mast")]
    for room, text in zip(rooms, ("At the quay", "Up the mast"), strict=True):
        company.bob.say(room, text)
    return rooms


def test_address_title_back_and_reload_are_those_of_pages(
    company: Company, open_room: OpenRoom, rooms: list[str]
) -> None:
    page = open_room(company.alice, rooms[0])
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    mark_page(page)

    sidebar_link(page, "mast").click()
    assert_room(page, "mast", rooms[1])
    assert_message_text(page, "Up the mast")
    assert_no_message(page, "At the quay")
    expect(composer(page)).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text("mast")
    page.locator("#room-bar a[data-panel]").last.click()
    expect(page.locator("#panel")).to_contain_text("Bob")

    page.go_back()
    assert_room(page, "quay", rooms[0])
    expect(page.locator("#panel")).to_be_empty()
    page.go_forward()
    assert_room(page, "mast", rooms[1])
    assert sockets == []
    page.reload()
    assert_room(page, "mast", rooms[1], same_page=False)
    page.go_back()
    assert_room(page, "quay", rooms[0], same_page=False)


def test_what_is_unread_is_read_where_one_looks(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    company.alice.rest.ask("PUT", f"/rooms/{rooms[1]}/read", {"seq": 1})
    page = open_room(company.alice, rooms[0])
    company.bob.say(rooms[1], "@alice, look up")
    expect(sidebar_link(page, "mast").locator(".count")).to_have_text(re.compile(r"mentions:\s*1"))

    sidebar_link(page, "mast").hover()
    page.wait_for_timeout(300)  # what is fetched ahead is not read
    expect(sidebar_link(page, "mast").locator(".count")).to_be_visible()
    sidebar_link(page, "mast").click()

    expect(page.locator(".feed__new + .feed__item")).to_contain_text("look up")
    expect(sidebar_link(page, "mast").locator(".count")).to_have_count(0)
    company.bob.say(rooms[1], "Thanks")
    assert_message_text(page, "Thanks")
    company.bob.say(rooms[0], "Nobody left here")
    expect(sidebar_link(page, "quay")).to_have_class(re.compile("nav-link--unread"))
    assert_no_message(page, "Nobody left here")
    expect(page).to_have_title(re.compile(r"^\(1\) mast - "))


def test_drafts_stay_with_their_rooms(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    page = open_room(company.alice, rooms[0])
    composer(page).press_sequentially("For the quay")
    sidebar_link(page, "mast").click()
    expect(composer(page)).to_have_value("")
    expect(sidebar_link(page, "quay").locator("[data-draft]")).to_be_visible()
    send_message(page, "For the mast")
    assert_message_text(page, "For the mast")

    page.go_back()

    expect(composer(page)).to_have_value("For the quay")
    expect(sidebar_link(page, "quay").locator("[data-draft]")).to_have_count(0)
    assert_no_message(page, "For the mast")


def test_the_last_click_wins(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    page = open_room(company.alice, rooms[0])
    mark_page(page)
    held: list[Route] = []
    page.route(f"**/rooms/{rooms[1]}/", lambda route: held.append(route))
    company.open_room("deck")

    sidebar_link(page, "mast").click()
    expect(sidebar_link(page, "mast")).to_have_attribute("aria-busy", "true")
    sidebar_link(page, "deck").click()
    expect(page.locator("main h1")).to_have_text("deck")
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)

    expect(page.locator("main h1")).to_have_text("deck")
    page.go_back()
    assert_room(page, "quay", rooms[0])


def test_back_returns_to_where_one_was_reading(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    company.bob.say(rooms[0], *(f"line {number}" for number in range(120)))
    company.alice.rest.ask("PUT", f"/rooms/{rooms[0]}/read", {"seq": 121})
    page = open_room(company.alice, rooms[0])
    feed = page.locator("main room-feed")
    while page.locator(".feed__item[data-seq='3']").count() == 0:
        feed.evaluate("box => box.scrollTop = 0")
        page.wait_for_timeout(50)
    message(page, "line 20").evaluate("item => item.scrollIntoView({ block: 'start' })")
    top = message(page, "line 20").bounding_box()
    assert top

    sidebar_link(page, "mast").click()
    expect(page.locator("main h1")).to_have_text("mast")
    page.go_back()

    expect(message(page, "line 20")).to_be_in_viewport()
    back = message(page, "line 20").bounding_box()
    assert back and abs(back["y"] - top["y"]) < 4
    page.go_forward()
    expect(page.locator("main h1")).to_have_text("mast")
    assert distance_from_bottom(page) < 2


def test_what_is_not_drawn_in_the_first_frame_follows(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    company.bob.say(rooms[1], "\n".join(f"- point {number}" for number in range(60)))
    company.bob.say(rooms[1], *(f"line {number}" for number in range(40)))
    company.alice.rest.ask("PUT", f"/rooms/{rooms[1]}/read", {"seq": 42})
    page = open_room(company.alice, rooms[0])

    sidebar_link(page, "mast").click()

    assert_message_text(page, "line 39")
    expect(message(page, "line 39").locator(".message__actions")).to_have_count(1)
    first = message(page, "Up the mast").locator(".message__actions")
    expect(first).to_have_count(0)
    expect(message(page, "point 1").get_by_role("button", name="Show more")).to_have_count(1)
    expect(message(page, "Up the mast")).to_be_visible()
    assert distance_from_bottom(page) < 2
    message(page, "Up the mast").scroll_into_view_if_needed()
    expect(first).to_have_count(1)


def test_a_server_that_cannot_be_reached_leads_nowhere(
    company: Company, open_room: OpenRoom, desk: Desk, rooms: list[str]
) -> None:
    page = open_room(company.alice, rooms[0])
    mark_page(page)
    composer(page).fill("Half a sentence")
    page.route(re.compile(r"/rooms/|/health"), lambda route: route.abort("connectionrefused"))

    sidebar_link(page, "mast").click()
    expect(page.locator(".outage")).to_contain_text("This page stays open")
    assert_room(page, "quay", rooms[0])
    expect(composer(page)).to_have_value("Half a sentence")
    page.unroute_all()
    page.locator(".outage [data-retry]").click()

    assert_room(page, "mast", rooms[1], same_page=False)


def test_a_room_that_is_gone_answers_as_a_page(
    company: Company, open_room: OpenRoom, desk: Desk, rooms: list[str]
) -> None:
    page = open_room(company.bob, rooms[0])
    desk.expect("404")
    sidebar_link(page, "mast").evaluate("link => link.href = link.href.replace(/.{12}\\/$/, '000000000000/')")

    sidebar_link(page, "mast").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Not found, or you have no access")


@pytest.mark.parametrize("change", ["version", "language"])
def test_a_page_that_is_outdated_is_loaded_anew(
    company: Company, open_room: OpenRoom, rooms: list[str], change: str
) -> None:
    page = open_room(company.bob, rooms[0])
    mark_page(page)

    def upgrade(route: Route) -> None:
        if "x-fragment" not in route.request.headers:
            return route.continue_()
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-static="\w*"', 'data-static="newer"', answer.text()))

    if change == "version":
        page.route("**/rooms/*/", upgrade)
    else:
        company.bob.rest.ask("PATCH", "/me", {"language": "de"})
    sidebar_link(page, "mast").click()

    assert_room(page, "mast", rooms[1], same_page=False)
    company.bob.rest.ask("PATCH", "/me", {"language": "en"})


def test_a_link_is_a_link(company: Company, desk: Desk, open_room: OpenRoom, rooms: list[str]) -> None:
    page = open_room(company.alice, rooms[0])
    mark_page(page)
    with page.context.expect_page() as opened:
        sidebar_link(page, "mast").click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator("main h1")).to_have_text("mast")
    assert_room(page, "quay", rooms[0])

    plain = desk.open(company.alice, f"/rooms/{rooms[0]}/", java_script_enabled=False)
    sidebar_link(plain, "mast").click()
    expect(plain.locator("main h1")).to_have_text("mast")


def test_the_drawer_of_a_phone_closes(company: Company, open_room: OpenRoom, rooms: list[str]) -> None:
    page = open_room(company.alice, rooms[0], **PHONE)
    mark_page(page)
    page.locator(".menu-button").click()

    sidebar_link(page, "mast").click()

    assert_room(page, "mast", rooms[1])
    expect(page.locator("#sidebar")).not_to_be_in_viewport()
    expect(page.locator("#main")).to_be_focused()
    page.locator(".menu-button").click()
    expect(sidebar_link(page, "quay")).to_be_in_viewport()
