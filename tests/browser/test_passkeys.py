"""Passkeys in a real browser: added, asked for, alone and beside the password."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, screenshot
from tests.browser.entrance import SECURITY, sign_in, sign_out, sign_up
from tests.browser.passkeys import Keys, add_passkey, offer_nothing, open_named
from tests.live import LiveServer

SIGN_IN = "Sign in with a passkey"


@pytest.fixture
def page(desk: Desk) -> Page:
    return open_named(desk)


def add_first_passkey(page: Page, name: str = "Work laptop") -> None:
    add_passkey(page, name)
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text(name, exact=True)).to_be_visible()


def test_a_passkey_is_asked_for_beside_the_password(desk: Desk, page: Page) -> None:
    offer_nothing(page)
    Keys(page)
    email = sign_up(page, "Paula")
    add_first_passkey(page)
    screenshot(page, "passkeys")

    sign_out(page)
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Use your passkey")).to_be_visible()
    screenshot(page, "passkey-code")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/settings/history/")
    expect(page.get_by_text("with a passkey").first).to_be_visible()


def test_a_passkey_signs_in_alone_from_what_the_browser_offers(desk: Desk, page: Page) -> None:
    Keys(page)
    sign_up(page, "Quentin")
    add_first_passkey(page)
    page.context.clear_cookies()

    page.goto("/settings/history/")

    # The virtual authenticator takes the offer by itself, as a user would from the list of the e-mail field.
    expect(page.get_by_text("with a passkey").first).to_be_visible()


def test_a_passkey_signs_in_alone_by_its_button(desk: Desk, page: Page) -> None:
    offer_nothing(page)
    Keys(page)
    sign_up(page, "Rosa")
    add_first_passkey(page)
    sign_out(page)
    button = page.get_by_role("button", name=SIGN_IN)
    expect(button).to_be_visible()
    screenshot(page, "sign-in-passkey")

    button.click()

    page.wait_for_url(lambda url: "/accounts/" not in url)


def test_a_removed_one_and_a_copy_that_lags_behind_are_refused(desk: Desk, page: Page) -> None:
    desk.expect("status of 422")
    offer_nothing(page)
    keys = Keys(page)
    sign_up(page, "Selma")
    add_first_passkey(page, "Laptop")
    (copy,) = keys.list()
    for _ in range(2):
        sign_out(page)
        page.get_by_role("button", name=SIGN_IN).click()
        page.wait_for_url(lambda url: "/accounts/" not in url)

    sign_out(page)
    keys.clear()
    keys.insert(copy)
    page.get_by_role("button", name=SIGN_IN).click()
    expect(page.get_by_role("alert").filter(has_text="This passkey was refused")).to_be_visible()


def test_several_are_renamed_and_removed(desk: Desk, page: Page) -> None:
    desk.expect("status of 422")
    keys = Keys(page)
    sign_up(page, "Tariq")
    add_first_passkey(page, "Laptop")
    # A device has one for each account.
    keys.clear()
    add_passkey(page, "Phone")
    expect(page.get_by_text("Phone", exact=True)).to_be_visible()

    page.get_by_role("link", name="Rename or remove Laptop").click()
    page.get_by_role("textbox", name="Name").fill("Old laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Rename or remove Old laptop").click()
    screenshot(page, "passkey")
    page.locator("#id_password").fill("wrong")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".field__error").first).to_be_visible()
    page.locator("#id_password").fill("harbour-light-2026")
    page.get_by_role("button", name="Remove").click()

    expect(page.get_by_text("Old laptop is removed.")).to_be_visible()
    expect(page.get_by_role("link", name="Rename or remove Phone")).to_be_visible()
    expect(page.get_by_role("link", name="Rename or remove Old laptop")).to_have_count(0)


def test_one_device_is_not_added_twice_and_a_wrong_password_adds_none(desk: Desk, page: Page) -> None:
    desk.expect("status of 422")
    Keys(page)
    sign_up(page, "Uma")
    add_passkey(page, "Laptop", password="wrong-wrong-wrong")
    expect(page.get_by_role("alert").filter(has_text="not your password")).to_be_visible()
    add_first_passkey(page, "Laptop")
    add_passkey(page, "Laptop")
    expect(page.get_by_role("alert").filter(has_text="has a passkey for your account already")).to_be_visible()


def test_without_a_password_a_passkey_is_used_instead_of_a_code(desk: Desk, page: Page) -> None:
    offer_nothing(page)
    Keys(page)
    email = sign_up(page, "Wanda")
    add_first_passkey(page, "Laptop")
    forget_password(desk.server, email)
    page.goto("/accounts/login/")
    page.get_by_role("button", name=SIGN_IN).click()
    page.wait_for_url(lambda url: "/accounts/" not in url)

    page.goto(SECURITY)
    page.get_by_role("link", name="Rename or remove Laptop").click()
    expect(page.get_by_label("Recovery code")).to_be_visible()
    page.get_by_role("button", name="Use a passkey instead").click()

    expect(page.get_by_text("Two-factor authentication is off")).to_be_visible()
    expect(page.get_by_role("link", name="Rename or remove Laptop")).to_have_count(0)


def forget_password(server: LiveServer, email: str) -> None:
    """Leave a user without one, as a provider would have created them."""
    update = f"User.objects.filter(email='{email}').update(password='!')"
    server.manage("shell", "-c", f"from accounts.models import User; {update}")


def test_at_an_ip_address_the_page_says_why_there_are_none(desk: Desk) -> None:
    page = desk.open(None)
    sign_up(page, "Viktor")
    page.goto(SECURITY)

    expect(page.get_by_text("Passkeys don’t work with an IP address")).to_be_visible()
    expect(page.get_by_role("link", name="Add a passkey")).to_have_count(0)


def test_in_german(desk: Desk) -> None:
    page = open_named(desk, locale="de-DE")
    Keys(page)
    page.goto("/accounts/login/")

    expect(page.get_by_role("button", name="Mit Passkey anmelden")).to_be_visible()
