"""From nothing to two people talking."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, screenshot
from tests.browser.steps import assert_message_text, composer, send_message
from tests.live import PASSWORD


def sign_up(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(f"{name.lower()}-{uuid4().hex[:8]}@halyard.example")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def test_a_stranger_makes_an_organisation_and_a_colleague_joins_by_link(desk: Desk) -> None:
    nadia = desk.open(None, "/accounts/signup/", color_scheme="dark")
    sign_up(nadia, "Nadia")
    nadia.get_by_role("textbox").fill("Quay Works")
    nadia.get_by_role("button", name="Create it").click()
    expect(nadia.get_by_role("heading", name="Welcome. Invite your team")).to_be_visible()
    link = nadia.get_by_label("Invite link").input_value()

    ewan = desk.open(None, link)
    expect(ewan.get_by_role("heading", name="Join Quay Works")).to_be_visible()
    sign_up(ewan, "Ewan")

    expect(composer(ewan)).to_be_visible()
    expect(nadia.locator("[data-member-count]").first).to_have_text("2")
    expect(nadia.locator("[data-member-word]").first).to_have_text("members")
    send_message(ewan, "Hello, I am new")
    assert_message_text(nadia, "Hello, I am new")
    send_message(nadia, "Come on in")
    assert_message_text(ewan, "Come on in")
    screenshot(nadia, "first-talk-dark")
