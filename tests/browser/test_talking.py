"""Two people in one room."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import (
    act_on,
    assert_message_text,
    await_room,
    composer,
    message,
    send_message,
    sidebar_link,
    texts,
)

OpenRoom = Callable[..., Page]


def test_two_people_talk(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)

    composer(bob).press_sequentially("Mor")

    expect(alice.locator(".typing__names")).to_have_text("Bob is typing")

    send_message(bob, "Morning!")
    assert_message_text(alice, "Morning!")
    expect(alice.locator(".typing__names")).to_be_hidden()
    send_message(alice, "Morning, Bob")
    send_message(alice, "Tea?")
    assert_message_text(bob, "Tea?")
    assert texts(alice) == texts(bob) == ["Morning!", "Morning, Bob", "Tea?"]
    expect(message(alice, "Tea?")).to_have_attribute("data-grouped", "")
    expect(message(bob, "Tea?").locator(".message__actions [data-action=edit]")).to_have_count(0)


def test_an_empty_room_says_so_until_somebody_speaks(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    expect(alice.get_by_role("heading", name="No messages in design yet")).to_be_visible()

    send_message(alice, "Something")

    expect(alice.get_by_role("heading", name="The start of design")).to_be_visible()
    expect(alice.get_by_role("heading", name="No messages in design yet")).to_be_hidden()


def test_edits_and_deletions_arrive(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(bob, "Tea at for")
    assert_message_text(alice, "Tea at for")

    act_on(bob, "Tea at for", "Edit")
    bob.locator(".message__editor textarea").fill("Tea at four")
    bob.locator(".message__editor textarea").press("Enter")

    expect(alice.locator(".message__body")).to_have_text(re.compile(r"^\s*Tea at four\s+\(edited\)\s*$"))
    alice.get_by_role("link", name="(edited)").click()
    expect(alice.get_by_role("dialog")).to_contain_text("Tea at for")
    alice.keyboard.press("Escape")

    bob.locator(".feed__item").hover()
    bob.get_by_role("button", name="More actions").click()
    bob.get_by_role("button", name="Delete", exact=True).click()
    bob.get_by_role("button", name="Delete message").click()

    expect(alice.locator(".message--deleted")).to_have_text(re.compile("This message was deleted"))
    expect(bob.locator(".message__actions")).to_have_count(0)
    expect(composer(bob)).to_be_focused()


def test_escape_gives_up_an_edit(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "As it was")
    alice = open_room(company.alice, room)
    composer(alice).fill("a draft")

    message(alice, "As it was").hover()
    alice.locator("#room-bar h1").click()
    message(alice, "As it was").hover()
    alice.keyboard.press("e")
    editor = alice.locator(".message__editor textarea")
    expect(editor).to_have_value("As it was")
    editor.fill("something else")
    editor.press("Escape")

    assert_message_text(alice, "As it was")
    expect(composer(alice)).to_have_value("a draft")


def test_reading_clears_unread_everywhere(company: Company, open_room: OpenRoom, desk: Desk) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    laptop = open_room(company.alice, other)
    phone = open_room(company.alice, other)

    company.bob.say(room, "News!", "And @alice more of it")

    for screen in (laptop, phone):
        expect(sidebar_link(screen, "design")).to_have_class(re.compile("nav-link--unread"))
        expect(sidebar_link(screen, "design").locator(".count")).to_have_text(re.compile(r"mentions:\s*1"))
        expect(screen).to_have_title(re.compile(r"^\(1\) kitchen - "))
    expect(laptop.locator("link[rel=icon]")).to_have_attribute("href", re.compile("mark-unread"))

    sidebar_link(phone, "design").click()
    await_room(phone, room)

    expect(phone.locator(".feed__new")).to_be_visible()
    for screen in (laptop, phone):
        expect(sidebar_link(screen, "design")).not_to_have_class(re.compile("nav-link--unread"))
        expect(screen).to_have_title(re.compile(r"^(kitchen|design) - "))
    expect(phone.locator(".feed__new")).to_be_visible()


def test_rooms_come_change_and_go_live(company: Company, open_room: OpenRoom) -> None:
    kitchen = company.open_room("kitchen")
    bob = open_room(company.bob, kitchen)

    room = company.open_room("plans")
    expect(sidebar_link(bob, "plans")).to_be_visible()
    company.alice.rest.ask("PATCH", f"/rooms/{room}", {"name": "great plans"})
    expect(sidebar_link(bob, "great plans")).to_be_visible()

    sidebar_link(bob, "great plans").click()
    await_room(bob, room)
    company.alice.rest.ask("PATCH", f"/rooms/{room}", {"topic": "For later"})
    expect(bob.locator("#room-bar [data-room-topic]")).to_have_text("For later")
    company.alice.rest.ask("PATCH", f"/rooms/{room}", {"name": "greater plans"})
    expect(composer(bob)).to_have_attribute("placeholder", "Write to greater plans")
    company.alice.rest.ask("DELETE", f"/rooms/{room}/members/{company.bob.id}")

    expect(bob.locator(".toast")).to_have_text("You are no longer in greater plans.")
    expect(sidebar_link(bob, "greater plans")).to_have_count(0)
    assert room not in bob.url
