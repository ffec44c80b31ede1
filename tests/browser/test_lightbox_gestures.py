"""A picture in the lightbox is zoomed, moved and swiped, by mouse, keys and fingers."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Company, screenshot
from tests.browser.file_steps import Fingers, post_pictures
from tests.browser.lightbox_steps import expect_scale, expect_shown, lightbox, picture, stage

OpenRoom = Callable[..., Page]
# Where the picture is, in pixels of the window.
BOX = "stage => { const { x, y, width } = stage.firstElementChild.getBoundingClientRect(); return { x, y, width } }"


def test_a_picture_is_zoomed_and_moved(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel", "mast")
    page = open_room(company.bob, room, reduced_motion="reduce")
    picture(page, "Shows keel").click()
    expect_shown(page, "Shows keel")
    fitting = stage(page).evaluate(BOX)

    page.keyboard.press("+")
    expect_scale(page, 1.5)
    page.get_by_role("button", name="Zoom in").click()
    expect_scale(page, 2.25)
    page.keyboard.press("-")
    page.get_by_role("button", name="Zoom out").click()
    expect_scale(page, 1)
    page.keyboard.press("-")
    expect_scale(page, 1)
    assert stage(page).evaluate(BOX) == fitting

    # The point under the pointer stays there.
    point = (fitting["x"] + 300, fitting["y"] + 200)
    page.mouse.move(*point)
    page.mouse.wheel(0, -500)
    expect_scale(page, 2.72)
    zoomed = stage(page).evaluate(BOX)
    assert abs(point[0] - zoomed["x"] - 300 * 2.718) < 3
    page.mouse.down()
    page.mouse.move(point[0] - 120, point[1] - 50, steps=4)
    page.mouse.up()
    assert abs(stage(page).evaluate(BOX)["x"] - (zoomed["x"] - 120)) < 2
    # Arrows move what is zoomed.
    page.keyboard.press("ArrowRight")
    assert abs(stage(page).evaluate(BOX)["x"] - (zoomed["x"] - 184)) < 2
    expect_shown(page, "Shows keel")
    # No further than to its edges.
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    assert abs(stage(page).evaluate(BOX)["x"]) < 2
    page.keyboard.press("0")
    expect_scale(page, 1)
    stage(page).locator("img").dblclick()
    expect_scale(page, 2400 / fitting["width"])
    page.keyboard.press("PageDown")
    expect_shown(page, "Shows mast")
    expect_scale(page, 1)


def test_fingers_swipe_pinch_and_tap(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    post_pictures(company, room, "keel", "mast")
    page = open_room(company.bob, room, **PHONE)
    fingers = Fingers(page)
    picture(page, "Shows keel").tap()
    expect_shown(page, "Shows keel")

    fingers.swipe((300, 400), (100, 410))
    expect_shown(page, "Shows mast")
    screenshot(page, "lightbox-phone")
    fingers.swipe((100, 400), (300, 390))
    expect_shown(page, "Shows keel")
    fingers.swipe((100, 400), (130, 400))
    expect_shown(page, "Shows keel")
    with fingers.down((150, 400), (250, 400)):
        for step in range(1, 6):
            fingers.move((150 - 10 * step, 400), (250 + 10 * step, 400))
    expect_scale(page, 2)
    fingers.swipe((300, 400), (100, 400))
    expect_shown(page, "Shows keel")
    for _ in range(2):
        with fingers.down((200, 400)):
            pass
    expect_scale(page, 1)
    fingers.swipe((200, 300), (210, 500))

    expect(lightbox(page)).to_have_count(0)
