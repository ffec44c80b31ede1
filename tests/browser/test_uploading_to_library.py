"""Files that are uploaded on the page of files."""

from __future__ import annotations

from base64 import b64decode

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Request, Route, expect

from tests.browser.attaching import (
    LARGE,
    SLOW,
    UPLOADS,
    act_on_file,
    limit_speed,
    list_offsets,
    picture,
    record_requests,
    row,
    text_file,
    wait_until_under_way,
)
from tests.browser.conftest import PHONE, Company, Desk, screenshot

FULL = {"detail": "The storage is full.", "code": "storage_full", "status": 507}


def open_library(company: Company, desk: Desk, **options: object) -> Page:
    return desk.open(company.bob, f"/o/{company.slug}/files/", **options)


def choose(page: Page, *files: dict[str, object]) -> None:
    page.locator("#upload-input").set_input_files(list(files))  # type: ignore[arg-type]


def tiles(page: Page) -> Locator:
    return page.locator(".tile")


def read_metadata(request: Request) -> dict[str, str]:
    pairs = [pair.split(" ") for pair in request.headers["upload-metadata"].split(",")]
    return {key: b64decode(value).decode() for key, value in pairs}


def test_files_are_uploaded_and_kept(company: Company, desk: Desk) -> None:
    page = open_library(company, desk)
    requests = record_requests(page)
    expect(page.get_by_text("No files yet")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files([text_file("tides.txt"), text_file("harbour.txt")])  # type: ignore[list-item]

    expect(page.get_by_text("2 files are uploaded.")).to_be_visible()
    expect(tiles(page)).to_have_count(2)
    expect(page.locator("#uploads")).to_be_hidden()
    created = [read_metadata(each) for each in requests if each.method == "POST"]
    created.sort(key=lambda metadata: metadata["filename"], reverse=True)
    assert created == [{"filename": name, "org": company.slug, "keep": "true"} for name in ("tides.txt", "harbour.txt")]
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.includes('.file.'))")


def test_an_upload_that_fails_is_tried_again_or_given_up(company: Company, desk: Desk) -> None:
    desk.expect("status of 507")
    page = open_library(company, desk)
    page.route(UPLOADS, lambda route: route.fulfill(status=507, json=FULL))
    requests = record_requests(page)
    choose(page, text_file("tides.txt"), text_file("harbour.txt"))
    expect(page.locator("#uploads").get_by_text("The storage is full.")).to_have_count(2)
    assert len(requests) == 2
    screenshot(page, "uploads-failed")
    page.unroute_all()
    act_on_file(page, "harbour.txt", "Cancel")
    act_on_file(page, "tides.txt", "Retry")

    expect(tiles(page)).to_have_count(1)
    expect(page.get_by_text("1 file is uploaded.")).to_be_visible()
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_visible()


def test_a_file_that_fails_stops_no_other(company: Company, desk: Desk) -> None:
    desk.expect("status of 422")
    page = open_library(company, desk)
    refusal = {"detail": "This picture is too large.", "code": "invalid", "status": 422}
    page.route(
        UPLOADS,
        lambda route: (
            route.fulfill(status=422, json=refusal)
            if read_metadata(route.request)["filename"] == "b.txt"
            else route.fallback()
        ),
    )
    choose(page, *(text_file(f"{name}.txt") for name in "abcde"))

    expect(row(page, "b.txt").locator(".tray__state")).to_contain_text("This picture is too large.")
    expect(page.get_by_text("4 files are uploaded.")).to_be_visible()
    expect(tiles(page)).to_have_count(4)
    expect(page.locator("#uploads .tray__file")).to_have_count(1)


def test_an_upload_shows_how_far_it_is_and_is_stopped(company: Company, desk: Desk) -> None:
    page = open_library(company, desk)
    limit_speed(page, SLOW)
    choose(page, text_file("tides.txt", LARGE), text_file("harbour.txt", LARGE))
    expect(page.get_by_role("progressbar", name="harbour.txt")).to_be_visible()
    wait_until_under_way(page, "tides.txt")
    with page.expect_response(lambda response: response.request.method == "DELETE") as deletion:
        act_on_file(page, "tides.txt", "Cancel")
    assert deletion.value.status == 204
    expect(page.get_by_role("progressbar", name="tides.txt")).to_have_count(0)
    expect(page.get_by_role("button", name="Cancel harbour.txt")).to_be_focused()
    act_on_file(page, "harbour.txt", "Cancel")

    expect(page.locator("#uploads")).to_be_hidden()
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_focused()
    expect(page.get_by_text("No files yet")).to_be_visible()
    assert company.bob.rest.ask("GET", f"/assets?org={company.slug}")["items"] == []


def test_an_upload_pauses_and_goes_on_after_a_cut(company: Company, desk: Desk) -> None:
    page = open_library(company, desk)
    requests = record_requests(page)
    limit_speed(page, SLOW)
    choose(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")
    act_on_file(page, "film.txt", "Pause")
    expect(row(page, "film.txt").locator(".tray__state")).to_contain_text("Paused")
    act_on_file(page, "film.txt", "Resume")
    wait_until_under_way(page, "film.txt")

    page.context.set_offline(True)
    expect(row(page, "film.txt").locator(".tray__state")).to_contain_text("Waiting for the connection")
    page.context.set_offline(False)
    limit_speed(page)

    expect(page.get_by_text("1 file is uploaded.")).to_be_visible()
    expect(tiles(page)).to_have_count(1)
    assert [each.method for each in requests].count("POST") == 1
    assert list_offsets(requests)[-1] > 0


def test_a_page_that_is_loaded_anew_goes_on(company: Company, desk: Desk) -> None:
    page = open_library(company, desk)
    requests = record_requests(page)
    limit_speed(page, SLOW)
    choose(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")

    page.reload()
    expect(row(page, "film.txt")).to_be_visible()
    limit_speed(page)

    expect(tiles(page)).to_have_count(1)
    expect(page.locator("#uploads")).to_be_hidden()
    assert [each.method for each in requests].count("POST") == 1
    assert list_offsets(requests)[-1] > 0


@pytest.mark.parametrize(("size", "last"), [(20, "POST"), (2_000_000, "PATCH")])
def test_a_file_that_is_stored_while_it_is_cancelled_does_not_stay(
    company: Company, desk: Desk, size: int, last: str
) -> None:
    page = open_library(company, desk)
    answers: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if route.request.method == last:
            answers.append((route, route.fetch()))
        else:
            route.fallback()

    page.route(UPLOADS, hold)
    choose(page, text_file("a.txt", size))
    while not answers:
        page.wait_for_timeout(20)
    assert len(company.bob.rest.ask("GET", f"/assets?org={company.slug}")["items"]) == 1

    with page.expect_response(lambda response: "/assets/" in response.url) as deletion:
        act_on_file(page, "a.txt", "Cancel")
        for route, answer in answers:
            route.fulfill(response=answer)

    assert deletion.value.status == 204
    assert company.bob.rest.ask("GET", f"/assets?org={company.slug}")["items"] == []


def test_another_page_ends_an_upload(company: Company, desk: Desk) -> None:
    page = open_library(company, desk)
    limit_speed(page, SLOW)
    choose(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")

    page.goto(f"/o/{company.slug}/")
    limit_speed(page)
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes('.file.'))")
    page.goto(f"/o/{company.slug}/files/")

    expect(tiles(page)).to_have_count(1)
    expect(page.locator("#uploads")).to_be_hidden()


def test_a_file_that_is_too_large_is_told_of(company: Company, desk: Desk) -> None:
    page = open_library(company, desk)
    page.locator("#upload-input").evaluate("input => (input.dataset.maxBytes = 1000)")
    choose(page, text_file("film.txt", 2000), text_file("a.txt"))

    expect(page.get_by_role("alert").get_by_text("film.txt has")).to_contain_text("A file may have at most")
    expect(tiles(page)).to_have_count(1)
    choose(page, text_file("b.txt"))
    expect(page.locator("#upload-refusal")).to_be_hidden()


def test_uploads_fit_a_phone(company: Company, desk: Desk) -> None:
    page = open_library(company, desk, **PHONE)
    limit_speed(page, 20_000)
    choose(page, picture("quay.png"), text_file("a very long name of a log of all the tides.txt", LARGE))
    row(page, "a very long name of a log of all the tides.txt").locator("progress").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, "uploads-phone")
