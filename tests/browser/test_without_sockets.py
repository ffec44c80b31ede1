"""What becomes of messages where sockets are missing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import act_on, assert_message_text, choose, message, send_message, sidebar_link


def test_a_message_that_no_way_takes_can_be_sent_again_or_deleted(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    alice = desk.open(company.alice)
    desk.expect("the server responded with a status of 500")
    broken = True
    alice.route_web_socket("**/ws/", lambda socket: socket.close())
    posts = re.compile(r"/api/v1/rooms/.+/messages$")
    alice.route(posts, lambda route: route.fulfill(status=500) if broken else route.continue_())
    alice.goto(f"/rooms/{room}/")
    expect(alice.locator("room-feed[data-live]")).to_be_visible()

    send_message(alice, "Important")

    failed = alice.locator(".feed__item", has=alice.locator(".message--failed"))
    expect(failed).to_contain_text("Not sent. The server answered 500.")
    expect(failed.get_by_role("button", name="Delete")).to_be_visible()
    broken = False
    failed.get_by_role("button", name="Retry").click()
    assert_message_text(alice, "Important")
    expect(failed).to_have_count(0)


def test_without_sockets_a_message_outlasts_an_outage(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    alice = desk.open(company.alice)
    desk.expect("the server responded with a status of 502")
    broken = True
    alice.route_web_socket("**/ws/", lambda socket: socket.close())
    posts = re.compile(r"/api/v1/rooms/.+/messages$")
    alice.route(posts, lambda route: route.fulfill(status=502) if broken else route.continue_())
    alice.goto(f"/rooms/{room}/")
    send_message(alice, "Patience")
    expect(alice.locator(".message--pending")).to_contain_text("Waiting for the connection")

    broken = False

    assert_message_text(alice, "Patience")


def test_without_sockets_edits_and_deletions_are_shown(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Old", "Wrong")
    alice = desk.open(company.alice)
    alice.route_web_socket("**/ws/", lambda socket: socket.close())
    alice.goto(f"/rooms/{room}/")
    expect(alice.locator("room-feed[data-live]")).to_be_visible()

    act_on(alice, "Old", "Edit")
    alice.locator(".message__editor textarea").fill("New")
    alice.keyboard.press("Enter")
    choose(alice, "Wrong", "Delete")
    alice.locator("#delete-dialog").get_by_role("button", name="Delete message").click()

    expect(message(alice, "New")).to_contain_text("(edited)")
    expect(message(alice, "This message was deleted.")).to_be_visible()
    expect(message(alice, "Wrong")).to_have_count(0)


def test_a_link_leads_on_where_only_sockets_are_missing(company: Company, desk: Desk) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    alice = desk.open(company.alice)
    alice.route_web_socket("**/ws/", lambda socket: socket.close())
    alice.goto(f"/rooms/{room}/")
    expect(alice.locator("html[data-connection=down]")).to_have_count(1)

    sidebar_link(alice, "kitchen").click()

    alice.wait_for_url(f"**/rooms/{other}/")
