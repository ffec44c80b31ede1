"""Coming in and going out at a browser, with a second factor too."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.accounts.steps import code_of
from tests.live import PASSWORD

SECURITY = "/settings/second-factor/"
INSIDE = re.compile("/o/|/rooms/")


def sign_up(page: Page, name: str) -> str:
    """A new person with an organisation of their own; the address they sign in with."""
    mark = uuid4().hex[:8]
    page.goto("/accounts/signup/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email := f"{name.lower()}-{mark}@halyard.example")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.get_by_role("textbox").fill(f"Rope works {mark}")
    page.get_by_role("button", name="Create it").click()
    expect(page).to_have_url(INSIDE)
    return email


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Come on in")).to_have_count(0)


def sign_out(page: Page) -> None:
    page.goto("/settings/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Come on in")).to_be_visible()


def begin_enrolment(page: Page) -> str:
    """The secret."""
    page.goto(SECURITY)
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    return str(page.locator("[data-copies]").get_attribute("data-copies"))


def confirm_enrolment(page: Page, secret: str) -> list[str]:
    """The recovery codes."""
    page.get_by_label("Type the six digits it shows").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    return page.locator(".codes li").all_inner_texts()


def give_code(page: Page, code: str) -> None:
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def give_recovery_code(page: Page, code: str) -> None:
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(code)
    page.get_by_role("button", name="Sign in").click()
