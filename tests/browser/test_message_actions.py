"""What people do with messages beside reading and writing: forward them, run commands, see who has read them."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import Company, Desk
from tests.browser.steps import assert_message_text, assert_no_message, choose, composer, message, send_message

OpenRoom = Callable[..., Page]


def test_a_message_is_forwarded_with_a_comment_and_its_source_hidden_from_others(
    company: Company, open_room: OpenRoom, desk: Desk
) -> None:
    desk.expect("404 (Not Found)")  # the card of what Bob may not see
    body = {"name": "secret", "kind": "group"}
    secret = company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", body)["id"]
    room = company.open_room("design")
    alice = open_room(company.alice, secret)
    send_message(alice, "The *plan*")
    assert_message_text(alice, "The plan")

    choose(alice, "The plan", "Forward")
    dialog = alice.get_by_role("dialog", name="Forward message")
    expect(dialog.get_by_role("radio", checked=True)).to_have_count(0)
    dialog.get_by_placeholder("Find a room or a person").fill("design")
    expect(dialog.get_by_role("radio", checked=True)).to_have_count(1)
    dialog.get_by_placeholder("Add a comment").fill("Look here")
    assert axe_says(alice) == ""
    dialog.get_by_role("button", name="Forward").click()
    expect(alice.get_by_text("Forwarded to design.")).to_be_visible()

    bob = open_room(company.bob, room)
    assert_message_text(bob, "Look here")
    copy = message(bob, "The plan")
    expect(copy.locator(".message__origin")).to_contain_text(re.compile(r"Forwarded from\s*Alice"))
    expect(copy.locator("em")).to_have_text("plan")
    expect(copy.locator("a[data-origin]")).to_have_count(0)
    mine = open_room(company.alice, room)
    expect(message(mine, "The plan").locator("a[data-origin]")).to_have_text("in #secret")


def test_commands_are_completed_run_and_never_posted_by_accident(
    company: Company, open_room: OpenRoom, desk: Desk
) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)

    composer(alice).press_sequentially("/sh")
    expect(alice.get_by_role("option")).to_have_text([re.compile("^/shrug")])
    composer(alice).press("Tab")
    composer(alice).press_sequentially("who knows")
    composer(alice).press("Enter")
    assert_message_text(bob, "who knows ¯\\_(ツ)_/¯")

    send_message(alice, "/me waves")
    expect(bob.locator(".message--action .message__body")).to_have_text(re.compile(r"Alice\s*waves"))

    desk.expect("422 (Unprocessable")
    composer(alice).fill("/nothing to see")
    composer(alice).press("Enter")
    expect(alice.get_by_role("status").filter(has_text="There is no command /nothing")).to_be_visible()
    expect(composer(alice)).to_have_value("/nothing to see")
    composer(alice).fill("//nothing to see")
    composer(alice).press("Enter")
    assert_message_text(bob, "/nothing to see")

    send_message(alice, "/help")
    notice = alice.get_by_role("status").filter(has_text="Only you can see this.")
    expect(notice).to_contain_text("/topic [text]")
    expect(alice.get_by_role("listbox")).to_have_count(0)
    assert_no_message(bob, "/help")
    assert axe_says(alice) == ""


def test_readers_are_listed_and_old_messages_not_edited(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    said = company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Tea?"})
    company.bob.rest.ask("PUT", f"/rooms/{room}/read", {"seq": said["seq"]})
    company.alice.rest.ask("PATCH", f"/orgs/{company.slug}", {"edit_window": 0, "delete_window": 0})
    alice = open_room(company.alice, room)

    choose(alice, "Tea?", "Read by")
    expect(alice.get_by_role("dialog", name="Read by").locator("li")).to_have_text([re.compile("Bob")])
    alice.keyboard.press("Escape")
    expect(message(alice, "Tea?").get_by_role("button", name="Edit", exact=True)).to_have_count(0)
    composer(alice).press("ArrowUp")
    expect(alice.locator(".message__editor")).to_have_count(0)
    company.alice.rest.ask("PATCH", f"/orgs/{company.slug}", {"edit_window": None, "delete_window": None})


def test_a_report_reaches_administrators_who_delete_the_message(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "You fool")
    company.alice.say(room, "Be nice")
    bob = open_room(company.bob, room)
    choose(bob, "Be nice", "Report")
    dialog = bob.get_by_role("dialog", name="Report this message?")
    dialog.get_by_label("What is wrong with it?").fill("Too nice")
    assert axe_says(bob) == ""
    dialog.get_by_role("button", name="Report").click()
    expect(bob.get_by_text("Reported to the administrators.")).to_be_visible()

    alice = open_room(company.alice, room)
    alice.locator("#sidebar").get_by_role("link", name=re.compile("^Reports")).click()
    report = alice.get_by_role("region", name="Report", exact=True).filter(has_text="Too nice")
    expect(report).to_contain_text("Reported by a member")  # Alice is the author
    assert axe_says(alice) == ""
    report.get_by_role("button", name="Delete message").click()
    alice.get_by_role("dialog").get_by_role("button", name="Delete message").click()
    expect(alice.get_by_text("The message is deleted.")).to_be_visible()
    expect(bob.get_by_text("This message was deleted.")).to_be_visible()
