"""What the lightbox shows while a picture loads, and when its message changes."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Company, Desk
from tests.browser.file_steps import post_pictures
from tests.browser.lightbox_steps import expect_shown, lightbox, picture, stage

OpenRoom = Callable[..., Page]


def test_the_small_picture_is_shown_until_the_large_one_is_there(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel")
    page = open_room(company.bob, room)
    held: list[Route] = []
    page.route("**/content", lambda route: held.append(route))
    picture(page, "Shows keel").click()

    image = stage(page).get_by_role("img", name="Shows keel")
    expect(image).to_have_attribute("src", re.compile("thumbnail"))
    expect(stage(page)).to_have_attribute("aria-busy", "true")
    expect(image).to_have_js_property("complete", True)
    before = image.bounding_box()
    held[0].continue_()
    expect(image).to_have_attribute("src", re.compile("/content$"))
    expect(stage(page)).not_to_have_attribute("aria-busy", "true")

    assert image.bounding_box() == before


def test_what_cannot_be_loaded_says_so(company: Company, desk: Desk, open_room: OpenRoom) -> None:
    desk.expect("status of 404")
    room = company.open_room("harbour")
    post_pictures(company, room, "keel", width=200)
    page = open_room(company.bob, room)
    page.route("**/assets/**", lambda route: route.fulfill(status=404))
    page.reload()
    picture(page, "Shows keel").click()

    expect(stage(page)).to_have_text("The picture could not be loaded.")


def test_a_picture_that_is_deleted_meanwhile_goes(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel")
    gone = post_pictures(company, room, "mast")
    post_pictures(company, room, "rudder")
    page = open_room(company.bob, room)
    picture(page, "Shows mast").click()
    expect_shown(page, "Shows mast")

    company.alice.rest.ask("DELETE", f"/messages/{gone}")
    expect(stage(page)).to_have_text("The picture was deleted.")
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect_shown(page, "Shows rudder")
    page.keyboard.press("ArrowLeft")
    expect_shown(page, "Shows keel")
    page.keyboard.press("Escape")
    expect(lightbox(page)).to_have_count(0)


def test_it_stays_where_its_message_changes(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    changed = post_pictures(company, room, "keel")
    page = open_room(company.bob, room)
    picture(page, "Shows keel").click()
    expect_shown(page, "Shows keel")

    company.alice.rest.ask("PATCH", f"/messages/{changed}", {"content": "Look at this"})
    expect(page.get_by_text("Look at this")).to_have_count(1)
    post_pictures(company, room, "mast")
    expect(lightbox(page)).to_contain_text("1 of 2")
    page.keyboard.press("Escape")

    expect(picture(page, "Shows keel")).to_be_focused()
