"""What becomes of messages when the network, the server or an answer fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import (
    assert_message_text,
    assert_online,
    await_room,
    choose,
    composer,
    join_room,
    message,
    send_message,
    sidebar_link,
    texts,
)
from tests.live import LiveServer

OpenRoom = Callable[..., Page]


def test_messages_written_offline_go_out_in_order(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)

    alice.context.set_offline(True)
    expect(alice.locator("connection-banner")).to_contain_text("You’re offline", timeout=5000)
    for number in ("one", "two", "three"):
        send_message(alice, number)
    expect(alice.locator(".message--pending")).to_have_count(3)
    company.bob.say(room, "Are you there?")
    assert_message_text(bob, "Are you there?")
    assert texts(bob) == ["Are you there?"]

    alice.context.set_offline(False)

    assert_message_text(bob, "three")
    expect(alice.locator(".message--pending")).to_have_count(0)
    assert texts(alice) == texts(bob) == ["Are you there?", "one", "two", "three"]
    expect(alice.locator("connection-banner")).to_be_hidden()


def test_a_restart_of_the_server_loses_and_doubles_nothing(
    company: Company, open_room: OpenRoom, server: LiveServer
) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "before")
    assert_message_text(bob, "before")

    server.kill()
    send_message(alice, "into the void")
    expect(alice.locator("connection-banner")).to_contain_text("can’t be reached", timeout=5000)
    server.start()

    for screen in (alice, bob):
        assert_message_text(screen, "into the void")
        assert_online(screen)
    send_message(bob, "after")
    assert_message_text(alice, "after")
    assert texts(alice) == texts(bob) == ["before", "into the void", "after"]


def test_what_was_said_while_away_is_fetched(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "old", "older words")
    alice = open_room(company.alice, room)
    assert_message_text(alice, "old")

    alice.context.set_offline(True)
    expect(alice.locator("connection-banner")).to_be_visible()
    company.bob.say(room, *(f"missed {number}" for number in range(5)))
    first = company.bob.rest.ask("GET", f"/rooms/{room}/messages")["items"][0]
    company.bob.rest.ask("PATCH", f"/messages/{first['id']}", {"content": "new"})
    alice.context.set_offline(False)

    assert_message_text(alice, "missed 4")
    expect(message(alice, "new")).to_have_count(1)
    assert len(texts(alice)) == 7


def test_a_refused_message_can_be_sent_again_or_deleted(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    refusing = True

    def between(route: WebSocketRoute) -> None:
        upstream = route.connect_to_server()

        def pass_on(data: str | bytes) -> None:
            frame: dict[str, Any] = json.loads(data)
            if refusing and frame["type"] == "message.send":
                refusal = {"type": "error", "ref": frame["ref"], "code": "forbidden", "detail": "Not today."}
                route.send(json.dumps(refusal))
            else:
                upstream.send(data)

        route.on_message(pass_on)

    alice = desk.open(company.alice)
    alice.route_web_socket("**/ws/", between)
    join_room(alice, room)
    send_message(alice, "Important")
    send_message(alice, "Not so important")
    failed = alice.locator(".feed__item", has=alice.locator(".message--failed"))
    expect(failed).to_have_count(2)
    expect(failed.first).to_contain_text("Not sent. Not today.")

    alice.reload()
    join_room(alice, room)
    failed.last.get_by_role("button", name="Delete").click()
    expect(failed).to_have_count(1)
    refusing = False
    failed.get_by_role("button", name="Retry").click()

    assert_message_text(alice, "Important")
    expect(failed).to_have_count(0)
    alice.reload()
    assert texts(alice) == ["Important"]


def test_an_unanswered_message_survives_a_reload(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    alice = desk.open(company.alice)
    swallowing = True

    def between(route: WebSocketRoute) -> None:
        upstream = route.connect_to_server()
        route.on_message(lambda data: None if swallowing and "message.send" in str(data) else upstream.send(data))

    alice.route_web_socket("**/ws/", between)
    join_room(alice, room)
    send_message(alice, "Hold this")
    send_message(alice, "And this")
    expect(alice.locator(".message--pending")).to_have_count(2)

    swallowing = False
    alice.reload()

    assert_message_text(alice, "And this")
    assert texts(alice) == ["Hold this", "And this"]
    expect(alice.locator(".message--pending")).to_have_count(0)


def test_offline_the_page_stays_and_says_why(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    company.alice.say(room, "Pin me")
    alice = open_room(company.alice, room)
    alice.context.set_offline(True)
    expect(alice.locator("connection-banner")).to_be_visible()
    composer(alice).fill("half a thought")

    sidebar_link(alice, "kitchen").click()
    expect(alice.get_by_role("alert")).to_contain_text("the link is followed once you’re connected")
    alice.get_by_role("alert").get_by_role("button", name="Cancel").click()
    choose(alice, "Pin me", "Pin")
    expect(alice.locator(".toast").last).to_have_text(
        "Not done. The server can’t be reached. Try again when you’re connected."
    )
    expect(composer(alice)).to_have_value("half a thought")

    alice.context.set_offline(False)
    assert_online(alice)
    sidebar_link(alice, "kitchen").click()
    alice.wait_for_url(f"**/rooms/{other}/")


def test_a_draft_stays_with_its_room(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    alice = open_room(company.alice, room)
    composer(alice).fill("half a thought")

    alice.locator(".nav-link", has_text="kitchen").click()
    await_room(alice, other)
    expect(composer(alice)).to_have_value("")
    expect(alice.locator(".nav-link", has_text="design").locator("[data-draft]")).to_be_visible()
    alice.reload()
    join_room(alice, room)

    expect(composer(alice)).to_have_value("half a thought")
    send_message(alice, "a whole thought")
    join_room(alice, other)
    expect(alice.locator("[data-draft]:visible")).to_have_count(0)
