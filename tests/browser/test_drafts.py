"""What was typed and not sent: in other rooms, on other devices, and after signing out."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.attaching import act_on_file, choose_files, expect_uploaded, text_file
from tests.browser.conftest import Company, Desk
from tests.browser.draft_steps import OpenRoom, await_stored, go_to, reload_room
from tests.browser.entrance import sign_in, sign_up
from tests.browser.steps import act_on, assert_message_text, await_room, composer, join_room, message, sidebar_link


def begin_edit(page: Page, text: str) -> Locator:
    """Open the editor of a message; return it."""
    act_on(page, text, "Edit")
    return page.locator(".message__editor textarea")


def test_an_edit_is_kept_by_message_like_a_draft(company: Company, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    company.alice.say(room, "Tea at for", "And cake")
    alice = open_room(company.alice, room)
    editor = begin_edit(alice, "Tea at for")
    editor.fill("Tea at fo")

    go_to(alice, "kitchen", other)
    expect(sidebar_link(alice, "design").locator("[data-draft]")).to_be_visible()
    go_to(alice, "design", room)

    expect(editor).to_have_value("Tea at fo")
    expect(alice.locator(".feed__item[data-editing]")).to_contain_text("Tea at for", use_inner_text=False)
    expect(composer(alice)).to_have_value("")
    editor.fill("Tea at four")
    editor.press("Enter")
    expect(editor).to_have_count(0)
    reload_room(alice, room)
    expect(editor).to_have_count(0)
    await_stored(alice, 0)


def test_an_edit_that_was_given_up_does_not_come_back(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "Tea at four")
    alice = open_room(company.alice, room)
    editor = begin_edit(alice, "Tea at four")
    editor.fill("Tea at five")
    await_stored(alice, 1)

    editor.press("Escape")

    await_stored(alice, 0)
    reload_room(alice, room)
    assert_message_text(alice, "Tea at four")
    expect(editor).to_have_count(0)


def test_signing_out_leaves_nothing_in_the_browser_and_drafts_on_the_server(company: Company, desk: Desk) -> None:
    page = desk.open(None, "/accounts/login/")
    page.evaluate("localStorage.setItem('atrium.00000000-0000-7000-8000-000000000000.draft.x', '\"of another user\"')")
    room = company.open_room("design")
    sign_in(page, "bob@halyard.example")
    join_room(page, room)
    company.bob.say(room, "Tea?")
    composer(page).fill("half a thought")
    begin_edit(page, "Tea?").fill("Coffee?")
    await_stored(page, 3)

    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/accounts/login/**")

    await_stored(page, 1)
    sign_in(page, "bob@halyard.example")
    join_room(page, room)
    expect(composer(page)).to_have_value("half a thought")
    expect(message(page, "Tea?")).to_have_count(1)


def test_a_session_that_merely_ended_keeps_what_was_not_sent(desk: Desk) -> None:
    page, elsewhere = desk.open(None), desk.open(None)
    email = sign_up(page, "Zoe")
    sign_in(elsewhere, email)
    composer(page).fill("half a thought")
    await_stored(page, 1)

    elsewhere.goto("/settings/sessions/")
    elsewhere.get_by_role("button", name="Sign out everywhere else").click()
    page.wait_for_url("**/accounts/login/**")

    await_stored(page, 1)
    sign_in(page, email)
    expect(composer(page)).to_have_value("half a thought")


def test_a_draft_follows_to_another_device(company: Company, desk: Desk, open_room: OpenRoom) -> None:
    room, other = company.open_room("design"), company.open_room("kitchen")
    company.alice.say(room, "Tea at four?")
    laptop, phone = open_room(company.alice, room), open_room(company.alice, room)
    act_on(laptop, "Tea at four?", "Reply")
    composer(laptop).fill("Rather at five")

    expect(composer(phone)).to_have_value("Rather at five")
    expect(phone.locator(".composer__quote")).to_contain_text("Tea at four?")
    # What is being written is not replaced.
    composer(phone).press("End")
    composer(phone).press_sequentially("!")
    expect(laptop.locator(".composer__newer")).to_be_visible()
    expect(composer(laptop)).to_have_value("Rather at five")
    laptop.get_by_role("button", name="Use it").click()
    expect(composer(laptop)).to_have_value("Rather at five!")

    # Elsewhere a pencil shows it, and so does the page of all drafts.
    go_to(laptop, "kitchen", other)
    tablet = open_room(company.alice, other)
    expect(sidebar_link(tablet, "design").locator("[data-draft]")).to_be_visible()
    tablet.goto(f"/o/{company.slug}/drafts/")
    expect(tablet.locator(".draft")).to_contain_text("Rather at five!")
    tablet.get_by_role("link", name="Go on writing").click()
    await_room(tablet, room)
    expect(tablet.locator(".composer__quote")).to_contain_text("Tea at four?")

    # Sent elsewhere, what was typed stays under the fingers, and does not come back when these leave it.
    go_to(laptop, "design", room)
    expect(composer(laptop)).to_have_value("Rather at five!")
    composer(laptop).press("End")
    composer(laptop).press_sequentially("!")
    expect(composer(tablet)).to_have_value("Rather at five!!")
    composer(phone).press("Enter")
    assert_message_text(laptop, "Rather at five!")
    expect(composer(tablet)).to_have_value("")
    expect(composer(laptop)).to_have_value("Rather at five!!")
    go_to(laptop, "kitchen", other)
    expect(sidebar_link(laptop, "design").locator("[data-draft]")).to_have_count(0)
    phone.goto(f"/o/{company.slug}/drafts/")
    expect(phone.locator(".draft")).to_have_count(0)


def test_a_draft_of_files_alone_is_marked_in_the_sidebar(company: Company, open_room: OpenRoom) -> None:
    design, quay = company.open_room("design"), company.open_room("quay")
    page = open_room(company.alice, design)
    other = page.context.new_page()
    join_room(other, quay)
    choose_files(page, text_file("a.txt"))
    expect_uploaded(page, "a.txt")

    for tab in (page, other):
        go_to(tab, "quay", quay)
        expect(sidebar_link(tab, "design").locator("[data-draft]")).to_be_visible()
    go_to(page, "design", design)
    expect_uploaded(page, "a.txt")
    act_on_file(page, "a.txt", "Remove")

    expect(sidebar_link(other, "design").locator("[data-draft]")).to_have_count(0)
