"""What was typed and not sent, in several tabs of one browser."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.conftest import Company
from tests.browser.draft_steps import OpenRoom, await_stored, go_to, open_tab, open_two_tabs, reload_room
from tests.browser.steps import assert_message_text, composer, join_room, send_message


def test_closing_a_tab_that_was_not_typed_in_keeps_the_draft(company: Company, open_room: OpenRoom) -> None:
    other = company.open_room("kitchen")
    room, first, second = open_two_tabs(company, open_room)
    composer(first).fill("half a thought")
    expect(composer(second)).to_have_value("half a thought")

    go_to(first, "kitchen", other)
    second.goto("about:blank")
    second.close()
    join_room(first, room)

    expect(composer(first)).to_have_value("half a thought")


def test_a_tab_that_was_typed_in_keeps_its_words(company: Company, open_room: OpenRoom) -> None:
    room, first, second = open_two_tabs(company, open_room)
    composer(first).fill("one")
    expect(composer(second)).to_have_value("one")
    composer(second).fill("two")
    await_stored(second, 1)
    third = open_tab(first, room)

    expect(composer(third)).to_have_value("two")
    expect(composer(first)).to_have_value("one")
    send_message(second, "two")
    expect(composer(third)).to_have_value("")
    expect(composer(first)).to_have_value("one")
    reload_room(first, room)
    expect(composer(first)).to_have_value("one")


def test_going_on_in_another_tab_is_shown_in_the_first(company: Company, open_room: OpenRoom) -> None:
    room, first, second = open_two_tabs(company, open_room)
    composer(first).press_sequentially("half a")
    expect(composer(second)).to_have_value("half a")
    composer(second).press("End")
    composer(second).press_sequentially(" thought")

    expect(composer(first)).to_have_value("half a thought")


def test_sending_clears_the_draft_everywhere(company: Company, open_room: OpenRoom) -> None:
    room, first, second = open_two_tabs(company, open_room)
    composer(first).fill("a thought")
    expect(composer(second)).to_have_value("a thought")

    composer(first).press("Enter")
    assert_message_text(second, "a thought")

    expect(composer(second)).to_have_value("")
    reload_room(second, room)
    expect(composer(second)).to_have_value("")
    expect(composer(open_tab(first, room))).to_have_value("")


def test_what_another_tab_is_saving_does_not_come_back_once_it_is_sent(company: Company, open_room: OpenRoom) -> None:
    room, first, second = open_two_tabs(company, open_room)
    held: list[Route] = []
    first.route("**/draft*", lambda route: held.append(route) if route.request.method == "PUT" else route.continue_())
    composer(first).fill("half a thought")
    composer(first).blur()
    expect(composer(second)).to_have_value("half a thought")
    while not held:
        first.wait_for_timeout(20)

    send_message(second, "half a thought")
    with first.expect_response(lambda answer: answer.request.method == "DELETE"):
        held[0].continue_()

    reload_room(second, room)
    for tab in (first, second):
        expect(composer(tab)).to_have_value("")
    await_stored(second, 0)
