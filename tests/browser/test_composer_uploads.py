"""Uploads from a composer go on: after a pause, a cut, another page, another tab, and another session."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.attaching import (
    LARGE,
    SLOW,
    UPLOADS,
    act_on_file,
    choose_files,
    expect_uploaded,
    limit_speed,
    list_file_names,
    list_offsets,
    record_requests,
    row,
    text_file,
    wait_until_under_way,
)
from tests.browser.conftest import Company, Desk
from tests.browser.entrance import sign_in, sign_out
from tests.browser.steps import assert_message_text, composer, join_room, send_message

OpenRoom = Callable[..., Page]


def test_an_upload_pauses_and_goes_on_where_it_was(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    requests = record_requests(page)
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")

    act_on_file(page, "film.txt", "Pause")
    expect(row(page, "film.txt").locator(".tray__state")).to_contain_text("Paused")
    expect(row(page, "film.txt").get_by_role("button", name="Resume film.txt")).to_be_focused()
    limit_speed(page)
    act_on_file(page, "film.txt", "Resume")

    expect_uploaded(page, "film.txt")
    first, second = list_offsets(requests)
    assert first == 0 and second > 0


def test_an_upload_is_given_up(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    requests = record_requests(page)
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")

    with page.expect_response(lambda response: response.request.method == "DELETE") as deletion:
        act_on_file(page, "film.txt", "Remove")

    assert deletion.value.status == 204
    expect(page.locator("main .tray")).to_be_hidden()
    expect(composer(page)).to_be_focused()
    assert len(list_offsets(requests)) == 1


def test_a_cut_upload_is_tried_again_while_others_go_on(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    page.route(UPLOADS, lambda route: route.abort() if route.request.method == "PATCH" else route.fallback())

    choose_files(page, text_file("film.txt", LARGE), text_file("a.txt"))
    expect(row(page, "film.txt").locator(".tray__state")).to_contain_text("The server can’t be reached.")
    expect(row(page, "a.txt").locator("progress")).to_be_hidden()
    page.unroute_all()
    act_on_file(page, "film.txt", "Retry")

    expect_uploaded(page, "film.txt", "a.txt")


def test_a_message_whose_file_fails_is_a_draft_again(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    page.route(UPLOADS, lambda route: route.abort() if route.request.method == "PATCH" else route.fallback())
    choose_files(page, text_file("film.txt", LARGE), text_file("a.txt"))
    send_message(page, "The film")
    composer(page).fill("And now?")

    expect(composer(page)).to_have_value("The film\n\nAnd now?")
    expect(page.locator(".tray__name")).to_have_text(["film.txt", "a.txt"])
    expect(page.locator(".toast")).to_contain_text("film.txt: The server can’t be reached.")
    page.unroute_all()
    act_on_file(page, "film.txt", "Retry")
    expect_uploaded(page, "film.txt", "a.txt")
    composer(page).press("Enter")

    expect(page.locator(".feed__item:not([data-pending]) [data-asset]")).to_have_count(2)
    assert list_file_names(page) == ["film.txt", "a.txt"]


def test_a_page_that_is_loaded_anew_goes_on(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    page = open_room(company.alice, room)
    requests = record_requests(page)
    choose_files(page, text_file("a.txt"))
    expect_uploaded(page, "a.txt")
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")

    page.reload()
    limit_speed(page)

    expect_uploaded(page, "a.txt", "film.txt")
    assert [each.method for each in requests].count("POST") == 2
    assert list_offsets(requests)[-1] > 0
    send_message(page, "Both")
    assert_message_text(page, "Both")
    assert list_file_names(page) == ["a.txt", "film.txt"]


def test_a_message_that_waited_is_sent_by_the_page_after(company: Company, open_room: OpenRoom, desk: Desk) -> None:
    room = company.open_room("design")
    page = open_room(company.alice, room)
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")
    send_message(page, "The film")

    page.goto(f"/o/{company.slug}/files/")
    limit_speed(page)
    bob = open_room(company.bob, room)

    assert_message_text(bob, "The film")
    assert list_file_names(bob) == ["film.txt"]


def test_two_tabs_send_a_file_once(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    first = open_room(company.alice, room)
    requests = record_requests(first)
    second = first.context.new_page()
    join_room(second, room)
    limit_speed(first, SLOW)
    choose_files(first, text_file("film.txt", LARGE))
    wait_until_under_way(first, "film.txt")
    second.reload()
    expect(row(second, "film.txt")).to_be_visible()
    assert len(list_offsets(requests)) == 1

    # The other tab obeys, and goes on when this one is closed.
    act_on_file(second, "film.txt", "Pause")
    expect(row(first, "film.txt").locator(".tray__state")).to_contain_text("Paused")
    act_on_file(second, "film.txt", "Resume")
    first.wait_for_timeout(500)
    first.close()

    expect_uploaded(second, "film.txt")
    assert [each.method for each in requests].count("POST") == 1
    assert list_offsets(requests) == sorted(set(list_offsets(requests)))


def test_an_upload_waits_for_the_next_session(company: Company, open_room: OpenRoom, desk: Desk) -> None:
    desk.expect("401")
    room = company.open_room("design")
    page = open_room(company.alice, room)
    cookies = page.context.cookies()
    page.context.clear_cookies()

    choose_files(page, text_file("a.txt"))
    expect(row(page, "a.txt").locator(".tray__state")).to_contain_text("Sign in again to go on with it.")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.reload()

    expect_uploaded(page, "a.txt")


def test_files_wait_for_the_connection(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    choose_files(page, text_file("a.txt"))
    expect_uploaded(page, "a.txt")
    page.context.set_offline(True)

    choose_files(page, text_file("b.txt"))
    expect(row(page, "b.txt").locator(".tray__state")).to_contain_text("Waiting for the connection")
    send_message(page, "Both")
    page.context.set_offline(False)

    assert_message_text(page, "Both")
    assert list_file_names(page) == ["a.txt", "b.txt"]


def test_signing_out_leaves_no_file_behind(company: Company, desk: Desk) -> None:
    room = company.open_room("design")
    page = desk.open(None)
    sign_in(page, "bob@halyard.example")
    join_room(page, room)
    choose_files(page, text_file("a.txt"))
    expect_uploaded(page, "a.txt")
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 1

    sign_out(page)

    page.wait_for_function("() => indexedDB.databases().then((all) => all.length === 0)")
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.includes('.file.'))")
