"""The server can't be reached: the page stays, says so, keeps what was entered, and tries again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import PHONE, Company, Desk, Member, screenshot
from tests.browser.steps import composer, sidebar_link

OpenRoom = Callable[..., Page]
WAITING = "What you entered is still here, and is sent once you’re connected."


def notice(page: Page) -> Locator:
    return page.locator(".outage")


class Outage:
    """No request of a page is answered, though its browser believes to be online."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.route("**/*", self._abort)

    def end(self) -> None:
        self.page.unroute("**/*", self._abort)

    def _abort(self, route: Route) -> None:
        route.abort("connectionrefused")


class Sockets:
    """The sockets of a page, which end with their server. Install it before the page opens any."""

    def __init__(self, page: Page) -> None:
        self.open: list[WebSocketRoute] = []
        self.is_closed = False
        page.route_web_socket("**/ws/", self._connect)

    def close(self) -> None:
        self.is_closed = True
        for each in self.open:
            each.close()

    def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_closed:
            socket.close()
        else:
            socket.connect_to_server()
            self.open.append(socket)


def test_a_settings_form_is_sent_once_the_server_is_back(desk: Desk, careful: Member) -> None:
    page = desk.open(careful, "/settings/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_label("Your name").fill("Dora the Second")

    page.get_by_role("button", name="Save").first.click()

    expect(notice(page)).to_contain_text(WAITING)
    expect(page.get_by_label("Your name")).to_have_value("Dora the Second")
    assert axe_says(page) == ""
    screenshot(page, "outage")
    page.context.set_offline(False)
    expect(page.get_by_text("Dora the Second", exact=True)).to_be_visible()
    expect(notice(page)).to_have_count(0)


def test_a_sign_in_is_sent_when_asked_to_try_again(desk: Desk) -> None:
    page = desk.open(None, "/accounts/login/")
    outage = Outage(page)
    page.get_by_label("E-mail").fill("nobody@halyard.example")
    page.get_by_role("textbox", name="Password").fill("wrong words here")
    page.keyboard.press("Enter")
    expect(notice(page)).to_contain_text(WAITING)

    outage.end()
    notice(page).get_by_role("button", name="Try now").click()

    expect(page.locator("main [role=alert], main .field__error").first).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("nobody@halyard.example")


def test_a_browser_that_is_offline_keeps_the_page(desk: Desk, careful: Member) -> None:
    page = desk.open(careful, "/settings/appearance/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("combobox", name="Enter key").select_option("Sends")
    expect(notice(page)).to_contain_text(WAITING)

    page.context.set_offline(False)

    expect(page.locator("html[data-enter-key=send]")).to_have_count(1)
    expect(notice(page)).to_have_count(0)


def choose_filter(page: Page) -> None:
    page.locator(".filters select").first.select_option(index=1)


def search_members(page: Page) -> None:
    page.locator(".filters [type=search]").fill("Bob")
    page.keyboard.press("Enter")


def confirm_in_dialog(page: Page) -> None:
    page.get_by_role("button", name="Remove Bob").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def follow(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize(
    ("path", "leave"),
    [
        ("/settings/", press("Save")),
        ("/o/{slug}/settings/", choose_filter),
        ("/o/{slug}/settings/", search_members),
        ("/o/{slug}/settings/", confirm_in_dialog),
        ("/settings/", press("Sign out")),
        ("/settings/", follow("Password")),
        ("/accounts/login/", follow("Forgot it?")),
    ],
    ids=["form", "filter", "search", "dialog", "sign-out", "link", "link of a visitor"],
)
def test_a_server_that_has_just_gone_leads_to_no_error_page(
    desk: Desk, company: Company, path: str, leave: Callable[[Page], None]
) -> None:
    """The page came a moment ago, so the browser has had no time to learn of it."""
    page = desk.open(None if "/accounts/" in path else company.alice)
    sockets = Sockets(page)
    page.goto(path.format(slug=company.slug))
    Outage(page)
    sockets.close()

    leave(page)

    expect(notice(page)).to_be_visible()
    expect(page.locator("main")).to_be_visible()
    assert page.url.endswith(path.format(slug=company.slug))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a_link_is_followed_once_the_server_is_back(
    company: Company, open_room: OpenRoom, options: dict[str, object]
) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    alice = open_room(company.alice, room, **options)
    composer(alice).fill("half a thought")
    if options:
        alice.get_by_role("link", name="Open the sidebar").click()
    alice.context.set_offline(True)
    sidebar_link(alice, "kitchen").click()
    expect(notice(alice)).to_contain_text("the link is followed once you’re connected")
    expect(composer(alice)).to_have_value("half a thought")

    alice.context.set_offline(False)

    alice.wait_for_url(f"**/rooms/{other}/")


def test_whoever_goes_on_writing_is_not_torn_away(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.open_room("kitchen")
    alice = open_room(company.alice, room)
    alice.context.set_offline(True)
    sidebar_link(alice, "kitchen").click()
    expect(notice(alice)).to_be_visible()

    composer(alice).press_sequentially("Meanwhile")
    expect(notice(alice)).to_have_count(0)
    alice.context.set_offline(False)
    composer(alice).press_sequentially(" I write")

    expect(composer(alice)).to_have_value("Meanwhile I write")
    assert room in alice.url


def test_a_form_is_sent_once_however_often_it_is_pressed(desk: Desk, company: Company) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/rooms/new/")
    page.get_by_label("Name", exact=True).fill("plans")
    page.locator("main form [type=submit]").last.dblclick()
    page.wait_for_url(re.compile(r"/rooms/[0-9a-f-]{36}/$"))

    rooms = company.alice.rest.ask("GET", f"/orgs/{company.slug}/rooms")["items"]
    assert [room["name"] for room in rooms].count("plans") == 1
