"""People are found by typing and chosen by keyboard, mouse or finger: for a message, a new room, a room there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import PHONE, Company, Desk, Member, screenshot

OpenRoom = Callable[..., Page]


@pytest.fixture
def three(company: Company, newcomer: Member) -> Company:
    """An organisation that Charlie is in too."""
    company.alice.rest.invite(company.slug, newcomer.rest)
    return company


def expect_chips(page: Page, *names: str) -> None:
    expect(page.locator(".chip [data-chip-name]")).to_have_text(list(names))


def test_one_match_and_enter_open_the_conversation(three: Company, desk: Desk) -> None:
    page = desk.open(three.alice, f"/o/{three.slug}/people/")
    field = page.get_by_role("combobox", name="To")

    field.press_sequentially("bo")
    field.press("Enter")

    expect(page.get_by_role("heading", name="Bob", level=1)).to_be_visible()


def test_several_make_a_group_chat(three: Company, desk: Desk) -> None:
    page = desk.open(three.alice, f"/o/{three.slug}/people/")
    field, options = page.get_by_role("combobox", name="To"), page.get_by_role("option")
    expect(field).to_have_attribute("aria-expanded", "false")

    field.press("ArrowDown")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    screenshot(page, "picker-open")
    assert axe_says(page) == ""
    field.press("Enter")
    expect_chips(page, "Bob")
    field.press_sequentially("CHARL")
    expect(options).to_have_count(1)
    field.press("Enter")
    expect_chips(page, "Bob", "Charlie")
    screenshot(page, "picker-chips")
    assert axe_says(page) == ""
    field.press("Backspace")
    expect_chips(page, "Bob")
    field.press_sequentially("charl")
    field.press("Enter")
    field.press("Enter")

    expect(page.get_by_role("heading", name="Bob, Charlie", level=1)).to_be_visible()


def test_the_list_closes_and_names_nobody(three: Company, desk: Desk) -> None:
    page = desk.open(three.alice, f"/o/{three.slug}/people/")
    field = page.get_by_role("combobox", name="To")

    field.press_sequentially("zzz")
    expect(page.get_by_text("Nobody has such a name.")).to_be_visible()
    field.press("Enter")
    expect(page).to_have_url(re.compile("/people/$"))
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.fill("b")
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("heading", name="New message", level=1).click()
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a_room_is_created_with_people(three: Company, desk: Desk, options: dict[str, Any]) -> None:
    page = desk.open(three.alice, f"/o/{three.slug}/rooms/new/", **options)
    page.get_by_label("Name", exact=True).fill("plans")
    page.get_by_role("combobox", name="Add people (optional)").click()
    page.get_by_role("option", name="Bob").click()
    page.get_by_role("combobox", name="Add people (optional)").press_sequentially("char")
    page.get_by_role("option", name="Charlie").click()
    expect_chips(page, "Bob", "Charlie")
    page.get_by_role("button", name="Remove Bob").click()
    expect_chips(page, "Charlie")
    screenshot(page, f"new-room-people-{'phone' if options else 'desktop'}")
    page.get_by_role("button", name="Create room").click()

    expect(page.get_by_role("heading", name="plans", level=1)).to_be_visible()
    room = page.url.rstrip("/").rsplit("/", 1)[1]
    members = three.alice.rest.ask("GET", f"/rooms/{room}/members")["items"]
    assert [member["user"]["name"] for member in members] == ["Alice", "Charlie"]


def test_people_are_added_to_a_room_in_its_panel(three: Company, newcomer: Member, open_room: OpenRoom) -> None:
    page = open_room(three.alice, three.open_room("design"))
    page.get_by_role("link", name="About this room").click()
    field = page.get_by_role("combobox", name="Add people")

    field.press_sequentially("charlie")
    expect(page.locator("#panel [role=option]")).to_have_count(1)
    screenshot(page, "panel-picker")
    field.press("Enter")
    field.press("Enter")

    expect(page.locator("#panel").get_by_role("heading", name="3 members")).to_be_visible()
    expect(page.locator("#panel .person", has_text="Charlie")).to_have_count(1)


def test_without_script_people_are_found_and_ticked(three: Company, desk: Desk) -> None:
    page = desk.open(three.alice, f"/o/{three.slug}/rooms/new/", java_script_enabled=False)
    page.get_by_label("Name", exact=True).fill("plans")
    page.get_by_role("textbox", name="Add people (optional)").fill("charlie")
    page.get_by_role("button", name="Search").click()
    screenshot(page, "picker-without-script")
    page.get_by_label("Charlie").check()
    page.get_by_role("button", name="Create room").click()

    expect(page.get_by_role("heading", name="plans", level=1)).to_be_visible()
    page.goto(f"/o/{three.slug}/people/")
    page.get_by_label("Choose Bob").check()
    page.get_by_label("Choose Charlie").check()
    page.get_by_role("button", name="Start chat").click()
    expect(page.get_by_role("heading", name="Bob, Charlie", level=1)).to_be_visible()
