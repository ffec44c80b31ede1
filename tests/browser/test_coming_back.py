"""What became of the room itself while the line was down, or of the whole organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk, Member
from tests.browser.steps import composer

OpenRoom = Callable[..., Page]


def test_a_new_name_is_shown_after_coming_back(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    bob = open_room(company.bob, room)

    with _offline(bob):
        company.alice.rest.ask("PATCH", f"/rooms/{room}", {"name": "drawing", "topic": "By hand"})

    expect(bob.locator("#room-bar h1")).to_have_text("drawing")
    expect(bob.locator("[data-room-topic]")).to_have_text("By hand")
    expect(bob).to_have_title(re.compile("^drawing - "))
    expect(composer(bob)).to_have_attribute("placeholder", "Write to drawing")


def test_a_room_archived_meanwhile_is_closed_after_coming_back(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    bob = open_room(company.bob, room)

    with _offline(bob):
        company.alice.rest.ask("POST", f"/rooms/{room}/archive")

    expect(bob.get_by_text("This room is archived.")).to_be_visible()
    expect(composer(bob)).to_have_count(0)


def test_whoever_was_removed_meanwhile_is_led_out_after_coming_back(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    bob = open_room(company.bob, room)

    with _offline(bob):
        company.alice.rest.ask("DELETE", f"/rooms/{room}/members/{company.bob.id}")

    expect(bob.locator(".toast")).to_have_text("You are no longer in design.")
    assert room not in bob.url


def test_a_visitor_who_never_joined_stays_after_coming_back(company: Company, open_room: OpenRoom) -> None:
    channel = {"name": "boats", "kind": "channel"}
    room = str(company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", channel)["id"])
    bob = open_room(company.bob, room)

    with _offline(bob):
        company.alice.rest.ask("PATCH", f"/rooms/{room}", {"name": "ships"})

    expect(bob.locator("#room-bar h1")).to_have_text("ships")
    expect(bob.get_by_role("button", name="Join", exact=True)).to_be_visible()


def test_whoever_was_removed_from_the_organisation_is_told_so(
    company: Company, newcomer: Member, desk: Desk, open_room: OpenRoom
) -> None:
    desk.expect("the server responded with a status of 404")
    company.alice.rest.invite(company.slug, newcomer.rest)
    body = {"name": "design", "kind": "group", "member_ids": [newcomer.id]}
    room = str(company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", body)["id"])
    charlie = open_room(newcomer, room)
    name = charlie.locator("#sidebar").get_attribute("data-organisation-name")

    company.alice.rest.ask("DELETE", f"/orgs/{company.slug}/members/{newcomer.id}")

    expect(charlie.locator(".toast")).to_have_text(f"You are no longer in {name}.")
    assert room not in charlie.url


@contextmanager
def _offline(page: Page) -> Iterator[None]:
    page.context.set_offline(True)
    expect(page.locator("connection-banner")).to_be_visible()
    yield
    page.context.set_offline(False)
