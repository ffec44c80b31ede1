"""The bell, in two browsers and two tabs."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Company
from tests.browser.steps import send_message

OpenRoom = Callable[..., Page]
UNREAD_ICON = re.compile("unread")
READ_ICON = re.compile(r"^(?!.*unread)")


def expect_number(page: Page, number: int) -> None:
    """The bell, the title and the icon of the tab."""
    expect(page.locator("[data-bell-count]")).to_have_text(str(number))
    expect(page).to_have_title(re.compile(rf"^\({number}\) " if number else r"^[^(]"))
    expect(page.locator("link[rel~=icon]")).to_have_attribute("href", UNREAD_ICON if number else READ_ICON)


def test_it_rings_in_every_tab_and_is_read_in_all(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    company.bob.rest.ask("POST", "/notifications/read-all")
    tab, second, alices = (open_room(who, other) for who in (company.bob, company.bob, company.alice))
    count, second_count = (page.locator("[data-bell-count]") for page in (tab, second))
    username = company.bob.rest.ask("GET", "/me")["username"]
    expect_number(tab, 0)

    alices.goto(f"/rooms/{room}/")
    send_message(alices, f"@{username} the crane is here")

    for page in (tab, second):
        expect(page.locator(".toast", has_text="mentioned you in quay")).to_be_visible()
        expect_number(page, 1)

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


def test_a_list_of_rooms_that_was_asked_for_before_takes_no_number_back(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    rest, username = company.bob.rest, company.bob.rest.ask("GET", "/me")["username"]
    rest.ask("POST", "/notifications/read-all")
    tab = open_room(company.bob, other)
    url = tab.locator("#sidebar").get_attribute("data-sidebar-url")
    asked: list[Route] = []
    tab.route(f"**{url}*", lambda route: asked.append(route))
    rest.ask("PATCH", f"/rooms/{room}/me", {"favourite": True})
    while not asked:
        tab.wait_for_timeout(20)
    answers = [(route, route.fetch()) for route in asked]

    company.alice.say(room, f"@{username} the crane is here")
    expect(tab.locator("[data-bell-count]")).to_have_text("1")
    tab.locator("[data-bell]").evaluate("bell => (bell.dataset.drawn = 'before')")
    for route, answer in answers:
        route.fulfill(response=answer)

    expect(tab.locator("[data-bell][data-drawn]")).to_have_count(0)
    expect(tab.locator("[data-bell-count]")).to_have_text("1")


def test_reading_the_message_in_one_tab_quietens_the_other(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    company.bob.rest.ask("POST", "/notifications/read-all")
    tab, second = open_room(company.bob, other), open_room(company.bob, other)
    company.alice.say(room, f"@{company.bob.rest.ask('GET', '/me')['username']} the crane is here")
    expect_number(second, 1)

    tab.locator(".toast", has_text="mentioned you in quay").get_by_role("button", name="Open").click()

    expect(tab.locator(".message", has_text="the crane is here")).to_be_in_viewport()
    for page in (tab, second):
        expect_number(page, 0)


def test_no_toast_covers_a_list_that_shows_the_same(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    username = company.bob.rest.ask("GET", "/me")["username"]
    panel, listed, mentions = (open_room(company.bob, other) for _ in range(3))
    panel.locator("[data-bell]").click()
    expect(panel.get_by_role("dialog", name="Notifications")).to_be_focused()
    listed.goto(f"/o/{company.slug}/notifications/")
    mentions.goto(f"/o/{company.slug}/notifications/?show=mentions")

    company.alice.say(room, f"@{username} the mast has come down")

    for page in (panel.locator("#bell-panel"), listed.locator("main"), mentions.locator("main")):
        expect(page.locator(".notification", has_text="the mast has come down")).to_be_visible()
    expect(mentions.locator(".toast")).to_contain_text("mentioned you in quay")
    for page in (panel, listed):
        expect(page.locator(".toast")).to_have_count(0)


def test_what_a_user_does_not_want_in_the_app_rings_nowhere(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("quay"), company.open_room("loft")
    rest, username = company.bob.rest, company.bob.rest.ask("GET", "/me")["username"]
    rest.ask("POST", "/notifications/read-all")
    rest.ask("PATCH", "/me/notification-settings", {"choices": {"mention": {"in_app": False}}})
    try:
        tab = open_room(company.bob, other)
        company.alice.say(room, f"@{username} the crane is here")
        expect(tab).to_have_title(re.compile(r"^\(1\) "))  # the room itself has it
        company.alice.say(room, "@room the crane is gone")
        expect(tab.locator(".toast")).to_contain_text("quay")
    finally:
        rest.ask("PATCH", "/me/notification-settings", {"choices": {"mention": None}})

    expect(tab.locator(".toast")).to_have_count(1)
    expect(tab.locator("[data-bell-count]")).to_have_text("1")
    tab.locator("[data-bell]").click()
    expect(tab.locator("#bell-panel .notification--unread")).to_have_count(1)
    expect(tab.locator("#bell-panel .notification--unread")).to_contain_text("the crane is gone")
