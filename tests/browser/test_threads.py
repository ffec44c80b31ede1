"""Threads in the browser: replies beside the feed, live in both, their inbox, and what is unread in them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Company, screenshot
from tests.browser.steps import act_on, message, send_message, sidebar_link

OpenRoom = Callable[..., Page]


def panel(page: Page) -> Locator:
    return page.locator("#panel")


def open_thread(page: Page, text: str) -> None:
    message(page, text).hover()
    message(page, text).get_by_role("link", name="Reply in thread").click()
    expect(panel(page).locator("room-feed[data-live]")).to_be_visible()


def send_reply(page: Page, text: str) -> None:
    field = panel(page).locator("textarea[name=content]").last
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def reply_texts(page: Page) -> list[str]:
    return panel(page).locator(".feed > .feed__item .message__body").all_inner_texts()


def test_a_reply_shows_in_the_thread_and_as_a_count_in_the_room(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "Tea?")
    open_thread(bob, "Tea?")
    expect(panel(bob).get_by_role("textbox", name="Reply in this thread")).to_be_focused()
    send_reply(bob, "Yes, please")

    link = alice.locator(".feed > .feed__item .thread-link")
    expect(link).to_contain_text("1\u00a0reply")
    expect(alice.get_by_text("Yes, please")).to_have_count(0)
    link.click()
    expect(panel(alice).get_by_text("Yes, please")).to_be_visible()
    send_reply(alice, "Coming")
    expect(panel(bob).get_by_text("Coming")).to_be_visible()
    expect(panel(bob).locator("[data-reply-count]")).to_contain_text("2\u00a0replies")
    assert reply_texts(bob) == ["Yes, please", "Coming"]
    screenshot(bob, "thread")


def test_a_reply_can_go_to_the_room_too(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    open_thread(bob, "Tea?")
    panel(bob).get_by_label("Also send to the room").check()
    send_reply(bob, "Four o'clock")

    expect(message(alice, "Four o'clock")).to_have_count(1)
    expect(alice.locator(".feed > .feed__item .message__in-thread a")).to_have_text("Replied in a thread")
    expect(panel(bob).get_by_label("Also send to the room")).not_to_be_checked()


def test_the_draft_of_a_thread_is_its_own(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    bob = open_room(company.bob, room)
    open_thread(bob, "Tea?")
    panel(bob).locator("textarea").fill("half a thought")
    expect(bob.locator("main room-composer textarea")).to_have_value("")
    bob.keyboard.press("Escape")
    expect(panel(bob)).to_be_empty()
    open_thread(bob, "Tea?")

    expect(panel(bob).locator("textarea")).to_have_value("half a thought")


def test_unread_replies_wait_in_the_inbox(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "Tea?")
    open_thread(bob, "Tea?")
    send_reply(bob, "Yes, please")

    threads = sidebar_link(alice, "Threads")
    expect(threads.locator(".count")).to_have_text("1")
    threads.click()
    expect(alice.get_by_role("heading", name="Unread")).to_be_visible()
    screenshot(alice, "threads-inbox")
    alice.get_by_role("link", name="1 new reply").click()
    expect(panel(alice).get_by_text("Yes, please")).to_be_visible()
    expect(sidebar_link(alice, "Threads").locator(".count")).to_have_count(0)


def test_a_deleted_reply_and_an_edited_root_follow_live(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "Tea?")
    open_thread(bob, "Tea?")
    send_reply(bob, "Yes, please")
    act_on(alice, "Tea?", "Edit")
    alice.locator(".message__editor textarea").fill("Coffee?")
    alice.locator(".message__editor textarea").press("Enter")

    expect(panel(bob).locator(".thread__root").get_by_text("Coffee?")).to_be_visible()
    expect(bob.locator("main .feed > .feed__item").first).to_contain_text("Coffee?")


def test_a_thread_without_scripts_takes_replies(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea?")
    bob = open_room(company.bob, room)
    open_thread(bob, "Tea?")
    address = bob.locator("#panel").get_attribute("data-source")
    bob.route("**/*.js", lambda route: route.abort())
    bob.goto(str(address))
    panel(bob).locator("textarea").fill("By form")
    panel(bob).get_by_role("button", name="Send", exact=True).click()

    expect(panel(bob).get_by_text("By form")).to_be_visible()
