"""A second factor from the first code to the last: turned on, asked for, recovered from."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.accounts.steps import code_of
from tests.browser.conftest import Desk, screenshot
from tests.browser.entrance import (
    SECURITY,
    begin_enrolment,
    come_back,
    confirm_enrolment,
    give_code,
    give_recovery_code,
    sign_in,
    sign_out,
    sign_up,
)


def test_a_second_factor_is_asked_for_and_a_recovery_code_opens_once(desk: Desk) -> None:
    page = desk.open(None)
    email = sign_up(page, "Nadia")
    secret = begin_enrolment(page)
    codes = confirm_enrolment(page, secret)

    come_back(page, email, give_code, code_of(secret, steps=1))
    come_back(page, email, give_recovery_code, codes[0])
    page.goto(SECURITY)
    expect(page.get_by_text("9 left.")).to_be_visible()

    sign_out(page)
    sign_in(page, email)
    desk.expect("status of 422")
    give_recovery_code(page, codes[0])
    expect(page.locator(".field__error")).to_be_visible()
    page.goto("/settings/")
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()


def test_turning_it_on_throws_the_other_browsers_out(desk: Desk) -> None:
    desk.expect("status of 401")  # whoever is thrown out may have been asking for something
    here, there = desk.open(None), desk.open(None)
    email = sign_up(here, "Ewan")
    sign_in(there, email)
    expect(there.locator("room-feed[data-live]")).to_be_visible()

    confirm_enrolment(here, begin_enrolment(here))
    here.get_by_role("link", name="I have kept them").click()

    expect(there.get_by_text("You have been signed out.")).to_be_visible()
    there.reload()
    expect(there.get_by_role("heading", name="Sign in to Atrium")).to_be_visible()
    expect(here.get_by_text("On since")).to_be_visible()


def test_the_secret_is_copied_and_the_codes_are_kept(desk: Desk, tmp_path: Path) -> None:
    page = desk.open(None, permissions=["clipboard-read", "clipboard-write"])
    sign_up(page, "Priya")
    secret = begin_enrolment(page)
    screenshot(page, "second-factor")

    page.get_by_role("button", name="Copy the key").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret

    codes = confirm_enrolment(page, secret)
    screenshot(page, "recovery-codes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    kept = (tmp_path / "atrium-recovery-codes.txt").read_text()
    assert [line for line in kept.split() if line in codes] == codes
    page.evaluate("window.print = () => { document.title = 'Printed' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("Printed")
