"""A newcomer's address: reminded of, put off, confirmed from the mail; and a password judged while it is typed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.browser.entrance import mailed_link, sign_in, sign_out, sign_up
from tests.live import PASSWORD, LiveServer


def reminder(page: Page) -> object:
    return page.get_by_text("Follow the link we sent there.")


def test_a_newcomer_is_reminded_until_the_link_is_followed(desk: Desk, server: LiveServer) -> None:
    page = desk.open(None)
    email = sign_up(page, "Nora")
    expect(reminder(page)).to_be_visible()

    page.get_by_role("button", name="Remind me another time").click()
    expect(reminder(page)).to_have_count(0)
    sign_out(page)
    sign_in(page, email)
    expect(reminder(page)).to_be_visible()

    page.goto(mailed_link(server, email))
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm").click()
    page.goto("/settings/")
    expect(page.get_by_text("Confirmed", exact=True)).to_be_visible()
    expect(reminder(page)).to_have_count(0)


def test_a_password_is_judged_while_it_is_typed(desk: Desk) -> None:
    page = desk.open(None, "/accounts/signup/")
    meter = page.locator("strength-meter")
    password = page.get_by_role("textbox", name="Password")
    page.get_by_label("E-mail").fill("oleander-quay@halyard.example")

    for typed, words in (
        ("short", "10 characters or more"),
        ("password123", "This password is too common."),
        ("98237498237", "This password is entirely numeric."),
        ("oleander-quay", "The password is too similar to the email"),
        (PASSWORD, "Strong"),
    ):
        password.fill(typed)
        expect(meter).to_contain_text(words)
