"""Who is in a room, as those inside see it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.steps import assert_online

OpenRoom = Callable[..., Page]


def test_faces_come_and_go(company: Company, open_room: OpenRoom) -> None:
    room = _channel(company)
    alice = open_room(company.alice, room)
    faces = alice.locator("#room-bar .avatar-stack .avatar")
    expect(faces).to_have_text(["AL"])

    company.bob.rest.ask("POST", f"/rooms/{room}/join")
    expect(faces).to_have_text(["AL", "BO"])
    expect(alice.locator(".members-button [data-member-count]")).to_have_text("2")
    expect(alice.locator(".members-button [data-member-word]")).to_have_text("members")

    company.bob.rest.ask("POST", f"/rooms/{room}/leave")
    expect(faces).to_have_text(["AL"])
    expect(alice.locator(".members-button [data-member-count]")).to_have_text("1")


def test_who_came_while_the_line_was_down_is_shown_after(company: Company, open_room: OpenRoom) -> None:
    room = _channel(company)
    alice = open_room(company.alice, room)
    alice.context.set_offline(True)
    expect(alice.locator("connection-banner")).to_be_visible()
    company.bob.rest.ask("POST", f"/rooms/{room}/join")

    alice.context.set_offline(False)

    assert_online(alice)
    expect(alice.locator("#room-bar .avatar-stack .avatar")).to_have_text(["AL", "BO"])
    expect(alice.locator(".members-button [data-member-count]")).to_have_text("2")


def _channel(company: Company) -> str:
    body = {"name": "boats", "kind": "channel"}
    return str(company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", body)["id"])
