"""What people put on messages: reactions, pins, bookmarks, and marks of what is unread."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk, screenshot
from tests.browser.steps import act_on, chip, choose, message, send_message, sidebar_link

OpenRoom = Callable[..., Page]
PRESSED = "aria-pressed"


def test_reactions_are_live_and_toggle(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "Tea?")

    act_on(bob, "Tea?", "React")
    bob.locator("#emoji-picker").get_by_role("button", name="thumbs up").first.click()

    expect(chip(alice, "Tea?", "👍")).to_have_text("👍1")
    expect(chip(alice, "Tea?", "👍")).to_have_attribute(PRESSED, "false")
    expect(chip(alice, "Tea?", "👍")).to_have_attribute("title", "Bob")
    expect(chip(bob, "Tea?", "👍")).to_have_attribute(PRESSED, "true")

    chip(alice, "Tea?", "👍").click()
    expect(chip(bob, "Tea?", "👍")).to_have_text("👍2")
    expect(chip(bob, "Tea?", "👍")).to_have_attribute("title", "Bob and Alice")
    screenshot(bob, "reactions")
    chip(bob, "Tea?", "👍").click()
    expect(chip(alice, "Tea?", "👍")).to_have_text("👍1")
    chip(alice, "Tea?", "👍").click()
    expect(bob.locator(".reaction")).to_have_count(0)


def test_reacting_by_keyboard(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "Tea?")
    alice = open_room(company.alice, room)
    alice.get_by_role("button", name="React", exact=True).focus()
    alice.keyboard.press("Enter")
    expect(alice.get_by_label("Find an emoji, or paste any")).to_be_focused()
    alice.keyboard.type("water wave")
    alice.keyboard.press("Enter")

    expect(chip(alice, "Tea?", "🌊")).to_have_attribute(PRESSED, "true")
    expect(alice.locator(".message__actions [data-action=react]")).to_be_focused()
    for action in ("reply", "thread", "save"):
        alice.keyboard.press("ArrowRight")
        expect(alice.locator(f".message__actions [data-action={action}]")).to_be_focused()

    chip(alice, "Tea?", "🌊").focus()
    alice.get_by_role("button", name="Add a reaction").focus()
    alice.keyboard.press("Enter")
    alice.keyboard.type("🦑")
    alice.keyboard.press("Enter")
    expect(chip(alice, "Tea?", "🦑")).to_have_attribute(PRESSED, "true")
    chip(alice, "Tea?", "🌊").focus()
    alice.keyboard.press("Space")
    expect(chip(alice, "Tea?", "🌊")).to_have_count(0)


def test_what_is_no_emoji_is_refused_in_words(company: Company, open_room: OpenRoom, desk: Desk) -> None:
    room = company.open_room("design")
    company.bob.say(room, "Tea?")
    alice = open_room(company.alice, room)

    act_on(alice, "Tea?", "React")
    alice.get_by_label("Find an emoji, or paste any").fill("nonsense")
    expect(alice.get_by_text("Nothing by that name.")).to_be_visible()
    with alice.expect_response(re.compile("/reactions/")):
        alice.keyboard.press("Enter")

    expect(alice.locator(".toast")).to_have_text("Not done. A reaction is a single emoji.")
    # The browser logs every refusal by itself.
    assert ["422" in complaint for complaint in desk.complaints] == [True]
    desk.complaints.clear()


def test_pins_are_shown_beside_the_feed(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "The plan", "Something else")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    bob.get_by_role("link", name="Pinned messages").click()
    expect(bob.get_by_role("heading", name="Nothing pinned yet")).to_be_visible()

    choose(alice, "The plan", "Pin")

    expect(message(bob, "The plan").locator(".message__pinned")).to_be_visible()
    expect(bob.locator("#panel")).to_contain_text("The plan")
    expect(bob.locator("#panel")).to_contain_text("Pinned by Alice")
    screenshot(bob, "pins")
    bob.get_by_role("button", name="Unpin").click()
    expect(bob.get_by_role("heading", name="Nothing pinned yet")).to_be_visible()
    expect(alice.locator(".message__pinned")).to_have_count(0)
    bob.keyboard.press("Escape")
    expect(bob.locator("#panel")).to_be_hidden()


def test_saved_messages_are_found_again(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "For later", "Something else")
    alice = open_room(company.alice, room)
    act_on(alice, "For later", "Save")
    expect(message(alice, "For later").locator("[data-action=save]")).to_have_attribute(PRESSED, "true")

    sidebar_link(alice, "Saved").click()
    expect(alice.locator(".message-list > li")).to_have_count(1)
    expect(alice.locator(".message-list")).to_contain_text("in design")
    screenshot(alice, "saved")
    alice.get_by_role("link", name="Go to it").click()
    expect(message(alice, "For later")).to_be_visible()
    message(alice, "For later").hover()
    expect(message(alice, "For later").locator("[data-action=save]")).to_have_attribute(PRESSED, "true")
    act_on(alice, "For later", "Save")
    expect(message(alice, "For later").locator("[data-action=save]")).to_have_attribute(PRESSED, "false")

    sidebar_link(alice, "Saved").click()
    expect(alice.get_by_role("heading", name="Nothing saved yet")).to_be_visible()


def test_copying_a_link_and_the_text(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "The *plan*")
    alice = open_room(company.alice, room, permissions=["clipboard-read", "clipboard-write"])
    words = alice.locator(".feed__item .message__body")
    expect(words).to_have_text("The plan")

    for item, found in (("Copy text", r"^The \*plan\*$"), ("Copy link", rf"/rooms/{room}/messages/[0-9a-f-]+/$")):
        words.hover()
        alice.get_by_role("button", name="More actions").click()
        alice.locator("#message-menu").get_by_role("button", name=item).click()
        expect(alice.locator(".toast").last).to_contain_text("copied")
        assert re.search(found, alice.evaluate("navigator.clipboard.readText()"))


def test_a_room_can_be_left_unread(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "One", "Two", "Three")
    alice, phone = open_room(company.alice, room), open_room(company.alice, company.open_room("kitchen"))
    expect(sidebar_link(phone, "design")).not_to_have_class(re.compile("unread"))

    choose(alice, "Two", "Mark unread from here")

    expect(sidebar_link(phone, "design")).to_have_class(re.compile("unread"))
    expect(alice.locator(".feed__new + .feed__item")).to_contain_text("Two")
    alice.locator("room-feed").evaluate("box => box.dispatchEvent(new Event('scroll'))")
    alice.wait_for_timeout(800)
    assert sidebar_link(phone, "design").get_attribute("data-unread") == "2"
    send_message(alice, "Four")
    expect(sidebar_link(phone, "design")).not_to_have_class(re.compile("unread"))


def test_a_menu_keeps_its_message_marked_while_it_is_open(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "One", "Two")
    alice = open_room(company.alice, room)
    marked = alice.locator(".message[data-active]")

    for name in ("More actions", "React"):
        act_on(alice, "One", name)
        expect(marked).to_contain_text("One")
        alice.keyboard.press("Escape")
        expect(marked).to_have_count(0)

    act_on(alice, "One", "React")
    company.bob.rest.ask("PUT", f"/messages/{message(alice, 'One').get_attribute('data-id')}/pin")
    expect(message(alice, "One").locator(".message__pinned")).to_be_visible()
    expect(marked).to_contain_text("One")
    alice.keyboard.press("Escape")
    expect(marked).to_have_count(0)


def test_reactions_pins_and_saved_messages_fit_320_pixels(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    said = company.bob.rest.ask("POST", f"/rooms/{room}/messages", {"content": "W" * 200})["id"]
    for emoji in "👍🌊🎉👀✅🙏🔥💯":
        company.bob.rest.ask("PUT", f"/messages/{said}/reactions/{emoji}")
    company.bob.rest.ask("PUT", f"/messages/{said}/pin")
    company.alice.rest.ask("PUT", f"/messages/{said}/bookmark")
    page = open_room(company.alice, room, viewport={"width": 320, "height": 640})

    page.locator("[data-react]").click()
    box = page.locator("#emoji-picker").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["y"] + box["height"] <= 640
    for path in (f"/rooms/{room}/", f"/rooms/{room}/pins/", f"/o/{company.slug}/saved/"):
        page.goto(path)
        expect(page.get_by_text("W" * 200).last).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_visitor_is_offered_only_what_they_may_do(company: Company, desk: Desk) -> None:
    body = {"name": "open", "kind": "channel"}
    room = company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", body)["id"]
    said = company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Hello"})
    company.alice.rest.ask("PUT", f"/messages/{said['id']}/reactions/%F0%9F%91%8D")
    bob = desk.open(company.bob, f"/rooms/{room}/")
    expect(bob.locator("room-feed[data-live]")).to_be_visible()

    expect(chip(bob, "Hello", "👍")).to_be_disabled()
    expect(bob.get_by_role("button", name="Add a reaction")).to_have_count(0)
    toolbar = message(bob, "Hello").locator(".message__actions button")
    expect(toolbar).to_have_count(2)
    assert [button.get_attribute("data-action") for button in toolbar.all()] == ["save", "more"]
    act_on(bob, "Hello", "More actions")
    expect(bob.locator("#message-menu button:visible")).to_have_text(["Copy link", "Copy text", "Remind me"])
