"""Searching at a browser: results follow what is typed, lead to their place, and are there again on coming back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import SMALL_TARGETS, axe_says_in_both_themes
from tests.browser.conftest import DESKTOP, PHONE, Company, Desk, screenshot

ATTACK = "<img src=x onerror=alert(1)>\"'&{{"


def open_search(desk: Desk, company: Company, query: str = "", **options: object) -> Page:
    return desk.open(company.bob, f"/o/{company.slug}/search/{query}", **options)


def test_results_follow_what_is_typed_and_the_address_with_them(desk: Desk, company: Company) -> None:
    company.alice.say(company.open_room("harbour"), "The tide window", "The boats", "明天去上海")
    page = open_search(desk, company)

    page.keyboard.type("tid")
    expect(page.locator(".result__snippet")).to_have_text(["The tide window"])
    expect(page.locator("mark")).to_have_text("tid")
    expect(page.get_by_role("status").get_by_text("1 message")).to_be_visible()
    page.get_by_role("searchbox").fill("上")
    expect(page.locator("mark")).to_have_text("上")
    screenshot(page, "search")
    page.get_by_role("searchbox").fill("missing")

    expect(page.get_by_text("No message matches “missing”")).to_be_visible()
    assert page.url.endswith("?q=missing")


def test_a_result_leads_to_its_place_and_back_to_the_list(desk: Desk, company: Company) -> None:
    room = company.open_room("harbour")
    company.alice.say(room, "The tide window", *[f"message {n}" for n in range(5)])
    page = open_search(desk, company)
    page.keyboard.type("tide")
    expect(page.locator(".result")).to_have_count(1)

    page.keyboard.press("ArrowDown")
    expect(page.locator(".result a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.locator(".result").click()

    expect(page.locator("room-feed[data-live]")).to_be_visible()
    expect(page.locator(".feed__item", has_text="The tide window")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("tide")
    expect(page.locator(".result__snippet")).to_have_text(["The tide window"])


def test_what_led_somewhere_is_among_the_recent_searches(desk: Desk, company: Company) -> None:
    company.open_room("harbour-offices")
    page = open_search(desk, company)
    page.get_by_role("searchbox").fill("harbour")
    page.get_by_role("list", name="Rooms and people").get_by_role("link", name="harbour-offices").click()
    expect(page.locator("room-feed[data-live]")).to_be_visible()

    page.locator(".sidebar").get_by_role("link", name="Search").click()
    page.get_by_role("link", name="harbour", exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value("harbour")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Forget them").click()

    expect(page.get_by_text("Recent searches")).to_be_hidden()


def test_a_slash_leads_to_the_search_but_not_from_a_field(
    desk: Desk, company: Company, open_room: Callable[..., Page]
) -> None:
    page = open_room(company.bob, company.open_room("harbour"))
    page.locator("room-composer textarea").press_sequentially("and/or")
    expect(page.locator("room-composer textarea")).to_have_value("and/or")

    page.locator("room-composer textarea").evaluate("element => element.blur()")
    page.keyboard.press("/")

    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_filter_is_put_into_the_field(desk: Desk, company: Company) -> None:
    room = company.open_room("harbour")
    company.alice.say(room, "The tide https://halyard.example", "The tide")
    page = open_search(desk, company, "?q=tide")

    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("button", name="has:link").click()

    expect(page.get_by_role("searchbox")).to_have_value("tide has:link")
    expect(page.locator(".result")).to_have_count(1)


def test_a_menu_writes_its_filter_into_the_field_and_says_what_typing_changes(desk: Desk, company: Company) -> None:
    room = company.open_room("harbour")
    company.alice.say(room, "The tide https://halyard.example", "The tide")
    page = open_search(desk, company, "?q=tide")
    has, field = page.get_by_label("Has"), page.get_by_role("searchbox")

    has.focus()
    has.select_option("A link")
    expect(field).to_have_value("tide has:link")
    expect(page.locator(".result")).to_have_count(1)
    expect(has).to_be_focused()
    expect(has.locator("option").first).to_have_text("Has: A link")
    assert page.url.endswith("?q=tide+has%3Alink")
    screenshot(page, "search-menus")
    has.select_option("Anything")
    expect(field).to_have_value("tide")
    field.fill("tide in:harbour")

    expect(page.get_by_label("In", exact=True).locator("option").first).to_have_text("In: harbour")


def test_what_is_said_and_typed_shows_literally(desk: Desk, company: Company) -> None:
    company.alice.say(company.open_room("harbour"), ATTACK)
    page = open_search(desk, company)

    page.get_by_role("searchbox").fill(ATTACK)

    expect(page.locator(".result__snippet")).to_have_text([ATTACK])
    assert page.locator("main img[src=x]").count() == 0


def test_a_long_list_goes_on_as_one_scrolls(desk: Desk, company: Company) -> None:
    company.alice.say(company.open_room("harbour"), *[f"tide {n}" for n in range(30)])
    page = open_search(desk, company, "?q=tide")

    page.locator(".result").last.scroll_into_view_if_needed()

    expect(page.locator(".result")).to_have_count(30)


def test_without_scripts_a_form_and_links_do(desk: Desk, company: Company) -> None:
    company.alice.say(company.open_room("harbour"), *[f"tide {n}" for n in range(25)])
    page = open_search(desk, company, java_script_enabled=False, **PHONE)

    page.get_by_role("searchbox").fill("tide")
    page.get_by_label("In", exact=True).select_option("harbour")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".result")).to_have_count(20)
    expect(page.get_by_role("searchbox")).to_have_value("tide in:harbour")
    page.get_by_role("link", name="Show more").click()

    expect(page.locator(".result")).to_have_count(5)


@pytest.mark.parametrize("query", ["", "?q=tide", "?q=missing+before:someday"], ids=["empty", "found", "not found"])
def test_the_search_is_for_everybody(desk: Desk, company: Company, query: str) -> None:
    company.alice.say(company.open_room("harbour"), "The tide window")
    page = open_search(desk, company, query, reduced_motion="reduce", **PHONE | {"viewport": DESKTOP})
    page.get_by_text("Filters", exact=True).click()
    assert axe_says_in_both_themes(page) == ""

    page.set_viewport_size(PHONE["viewport"])
    assert axe_says_in_both_themes(page) == ""
    assert page.evaluate(SMALL_TARGETS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
