"""Coming in and going out at a browser, with a second factor too."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.accounts.steps import code_of
from tests.live import ANSWER_SECONDS, PASSWORD, LiveServer

SECURITY = "/settings/second-factor/"
INSIDE = re.compile("/o/|/rooms/")
# The last that a page of an organisation asks for by itself at its start.
FIRST_REQUESTS = "**/api/v1/me/drafts?*"


def sign_up(page: Page, name: str) -> str:
    """A new person with an organisation of their own; the address they sign in with."""
    mark = uuid4().hex[:8]
    page.goto("/accounts/signup/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(email := f"{name.lower()}-{mark}@halyard.example")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    # The form before has text boxes, too, until the next page is there.
    expect(create := page.get_by_role("button", name="Create it")).to_be_visible()
    page.get_by_role("textbox").fill(f"Rope works {mark}")
    create.click()
    expect(page).to_have_url(INSIDE)
    return email


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in to Atrium")).to_have_count(0)


def sign_out(page: Page) -> None:
    page.goto("/settings/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in to Atrium")).to_be_visible()


def come_back(page: Page, email: str, give: Callable[[Page, str], None], code: str) -> None:
    """Sign out and in again, with a code."""
    sign_out(page)
    sign_in(page, email)
    give(page, code)
    expect(page).to_have_url(INSIDE)


def mailed_link(server: LiveServer, email: str, path: str = "/accounts/confirm-email/") -> str:
    """The newest link mailed to an address, by default the one that confirms it. The server prints its mails."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        mails = (server.data_dir / "serve.log").read_text(errors="replace").split("Subject: ")
        links = [re.search(rf"{path}[^\s/]+/", mail) for mail in mails if f"To: {email}" in mail]
        if found := next(filter(None, reversed(links)), None):
            return found.group()
        time.sleep(0.1)
    raise AssertionError(f"No mail to {email}")


def begin_enrolment(page: Page) -> str:
    """The secret."""
    page.goto(SECURITY)
    page.get_by_role("button", name="Set up").click()
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
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_recovery_code(page: Page, code: str) -> None:
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
