"""Pictures as large as the window: opened, walked through and closed, everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import SMALL_TARGETS, axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.file_steps import post_pictures, upload, wait_until_ready
from tests.browser.lightbox_steps import expect_shown, lightbox, picture, stage
from tests.lib.media.recordings import write_video

OpenRoom = Callable[..., Page]


def test_pictures_of_a_room_are_walked_through(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel", "mast", content="Two of them")
    post_pictures(company, room, "rudder")
    page = open_room(company.bob, room)
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url) if "lightbox" in request.url else None)
    address = page.url

    picture(page, "Shows mast").click()
    expect_shown(page, "Shows mast")
    assert len(scripts) == 1
    expect(lightbox(page)).to_contain_text("2 of 3")
    expect(lightbox(page)).to_contain_text("Alice, ")
    expect(lightbox(page).locator(".lightbox__caption")).to_contain_text("Shows mast")
    source = stage(page).locator("img").get_attribute("src") or ""
    assert source.endswith("/content")
    screenshot(page, "lightbox")
    page.keyboard.press("ArrowRight")
    expect_shown(page, "Shows rudder")
    expect(page.get_by_role("button", name="Next picture")).to_be_hidden()
    page.get_by_role("button", name="Previous picture").click()
    page.keyboard.press("ArrowLeft")
    expect_shown(page, "Shows keel")
    page.keyboard.press("ArrowLeft")
    expect_shown(page, "Shows keel")
    expect(lightbox(page)).to_contain_text("1 of 3")
    page.keyboard.press("Escape")

    expect(lightbox(page)).to_have_count(0)
    expect(picture(page, "Shows mast")).to_be_focused()
    assert page.url == address
    page.wait_for_function("() => !history.state.isOverlay")


def test_back_closes_it_and_leads_no_further(company: Company, open_room: OpenRoom) -> None:
    first, second = company.open_room("harbour"), company.open_room("quay")
    post_pictures(company, second, "keel")
    page = open_room(company.bob, first)
    page.locator("#sidebar").get_by_role("link", name="quay").click()
    expect(page.locator("main h1")).to_have_text("quay")

    for _ in range(2):
        picture(page, "Shows keel").click()
        expect_shown(page, "Shows keel")
        page.go_back()
        expect(lightbox(page)).to_have_count(0)
        expect(picture(page, "Shows keel")).to_be_focused()
    for close in ("Escape", "Enter"):
        picture(page, "Shows keel").click()
        expect_shown(page, "Shows keel")
        page.keyboard.press(close)  # the button that closes it has the focus
        expect(lightbox(page)).to_have_count(0)
    page.wait_for_function("() => !history.state.isOverlay")
    page.go_back()

    expect(page.locator("main h1")).to_have_text("harbour")


def test_a_click_beside_it_closes_it_and_the_focus_stays_inside(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel", "mast", width=400)
    page = open_room(company.bob, room)
    picture(page, "Shows keel").click()
    expect_shown(page, "Shows keel")

    for key in ("Tab",) * 7 + ("Shift+Tab",) * 7:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.closest('.lightbox') !== null"), key
    stage(page).locator("img").click()
    expect(lightbox(page)).to_be_visible()
    stage(page).click(position={"x": 20, "y": 20})

    expect(lightbox(page)).to_have_count(0)


def test_a_thread_and_a_download(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    root = post_pictures(company, room, "keel")
    page = open_room(company.alice, room)
    page.goto(f"/messages/{root}/thread/")
    page.locator("#panel").get_by_role("link", name="Shows keel").click()
    expect_shown(page, "Shows keel")
    with page.expect_download() as download:
        lightbox(page).get_by_role("link", name="Download").click()

    assert download.value.suggested_filename == "keel.png"
    expect(lightbox(page)).to_be_visible()


def test_it_shows_pictures_and_films_of_the_library(company: Company, desk: Desk, tmp_path: Path) -> None:
    for name in ("keel", "mast"):
        post_pictures(company, company.open_room(name), name)
    write_video(tmp_path / "ebb.webm", codec="libvpx")
    film = upload(company.bob, company.slug, "ebb.webm", (tmp_path / "ebb.webm").read_bytes(), alt_text="Shows ebb")
    wait_until_ready(company.bob, film)
    page = desk.open(company.bob, f"/o/{company.slug}/files/")

    page.get_by_role("link", name="Shows keel").click()
    expect_shown(page, "Shows keel")
    expect(lightbox(page)).to_contain_text("3 of 3")
    expect(lightbox(page)).to_contain_text("Alice, ")
    page.keyboard.press("ArrowLeft")
    expect_shown(page, "Shows mast")
    page.keyboard.press("ArrowLeft")
    expect(stage(page).locator("video")).to_be_visible()
    expect(page.get_by_role("button", name="Zoom in")).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.lightbox video').readyState > 0")
    screenshot(page, "lightbox-film")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="mast.png").click()
    expect(page.get_by_role("heading", name="mast.png")).to_be_visible()
    page.locator("main").get_by_role("link", name="Shows mast").click()
    expect_shown(page, "Shows mast")


def test_films_of_messages_are_a_step_away(company: Company, open_room: OpenRoom, tmp_path: Path) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel", width=600)
    write_video(tmp_path / "ebb.webm", codec="libvpx")
    film = upload(company.alice, company.slug, "ebb.webm", (tmp_path / "ebb.webm").read_bytes(), alt_text="Shows ebb")
    wait_until_ready(company.alice, film)
    company.alice.rest.ask("POST", f"/rooms/{room}/messages", {"content": "", "asset_ids": [film]})
    post_pictures(company, room, "mast", width=601)
    page = open_room(company.bob, room)
    page.locator("room-feed video").evaluate("film => film.play()")
    picture(page, "Shows keel").click()
    expect_shown(page, "Shows keel")
    assert page.locator("room-feed video").evaluate("film => film.paused")

    expect(lightbox(page)).to_contain_text("1 of 3")
    page.get_by_role("button", name="Next picture").click()

    expect(stage(page).locator("video")).to_have_attribute("aria-label", "Shows ebb")
    expect(lightbox(page)).to_contain_text("2 of 3")
    expect(lightbox(page)).to_contain_text("Alice, ")
    expect(lightbox(page).locator(".lightbox__caption")).to_contain_text("Shows ebb")
    assert (stage(page).locator("video").get_attribute("poster") or "").endswith("size=large")
    page.wait_for_function("() => document.querySelector('.lightbox video').readyState > 0")
    screenshot(page, "lightbox-film-of-a-message")
    page.get_by_role("button", name="Next picture").click()
    expect_shown(page, "Shows mast")


def test_without_scripts_a_picture_is_a_link(company: Company, desk: Desk) -> None:
    desk.expect("status of 404")  # the icon of a picture's page
    room = company.open_room("harbour")
    post_pictures(company, room, "keel")
    page = desk.open(company.bob, f"/rooms/{room}/", java_script_enabled=False)
    picture(page, "Shows keel").click()

    expect(page).to_have_url(re.compile(r"/assets/[\w-]+/content$"))


def test_everybody_can_use_it(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "a very long description " * 20, "mast")
    for options in ({}, PHONE):
        page = open_room(company.bob, room, **options)
        picture(page, "Shows a very").click()
        expect(lightbox(page)).to_contain_text("1 of 2")

        assert axe_says_in_both_themes(page) == ""
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if options:
            assert [each for each in page.evaluate(SMALL_TARGETS) if "lightbox" in each or "Zoom" in each] == []
