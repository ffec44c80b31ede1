"""What is typed, as it is seen: code, emoji, links to our own rooms, and users who are not in the room."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Member
from tests.browser.steps import act_on, composer, send_message, sidebar_link

OpenRoom = Callable[..., Page]


def test_a_user_who_is_not_in_the_room_is_added_by_the_author(
    company: Company, newcomer: Member, open_room: OpenRoom
) -> None:
    company.alice.rest.invite(company.slug, newcomer.rest)
    room = company.open_room("design")
    alice = open_room(company.alice, room)
    notice = alice.locator(".absent-users")
    expect(notice).to_be_hidden()

    send_message(alice, "@charlie have a look")

    expect(notice).to_contain_text("Not in this room, so not notified: Charlie.")
    notice.get_by_role("button", name="Add Charlie").press("Enter")
    expect(notice).to_contain_text("Charlie is in this room now.")
    expect(composer(alice)).to_be_focused()

    send_message(alice, "@charlie again")

    expect(notice).to_be_hidden()
    expect(alice.locator(".message__body .mention")).to_have_text("@Charlie")


def test_an_edit_tells_too_and_the_notice_is_closed(company: Company, newcomer: Member, open_room: OpenRoom) -> None:
    company.alice.rest.invite(company.slug, newcomer.rest)
    alice = open_room(company.alice, company.open_room("design"))
    send_message(alice, "have a look")

    act_on(alice, "have a look", "Edit")
    editor = alice.locator(".message__editor textarea")
    editor.fill("@charlie have a look")
    editor.press("Enter")

    notice = alice.locator(".absent-users")
    expect(notice).to_contain_text("Charlie")
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()


def test_the_first_line_keeps_its_indentation(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))

    composer(alice).fill("\n    if a:\n        b()\n")
    composer(alice).press("Enter")

    expect(alice.locator(".message__body pre code")).to_have_text(re.compile(r"^if a:\n    b\(\)"))


def test_code_is_reached_by_keyboard_and_named_in_the_language_of_its_reader(
    company: Company, open_room: OpenRoom
) -> None:
    room = company.open_room("design")
    company.alice.say(room, "```python\nprint(1)\n```")
    bob = open_room(company.bob, room, locale="de")

    code = bob.get_by_role("group", name="Code")
    expect(code).to_have_attribute("tabindex", "-1")  # nothing to scroll: reached by the arrow keys of the feed alone
    expect(code).to_have_attribute("data-language", "python")


def test_emoji_alone_are_large(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    send_message(alice, "\U0001f600")

    expect(alice.locator(".feed__item[data-pending]")).to_have_count(0)  # its element is replaced by then
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert alice.locator(".emoji-only").evaluate(size) > 1.5 * alice.locator(".message__author").first.evaluate(size)


def test_a_link_to_our_own_room_stays_in_the_application(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("harbour")
    alice = open_room(company.alice, room)
    address = re.sub(room, other, alice.url)
    send_message(alice, f"see {address} and https://example.com/x")

    expect(alice.locator(".message__body a").last).to_have_attribute("target", "_blank")
    alice.locator(".message__body a").first.click()

    expect(sidebar_link(alice, "harbour")).to_have_attribute("aria-current", "page")
    assert len(alice.context.pages) == 1
