"""Coming in by mail, going by somebody else's hand."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.accounts.steps import code_of
from tests.browser.conftest import Company, Desk, screenshot
from tests.browser.entrance import (
    INSIDE,
    begin_enrolment,
    come_back,
    confirm_enrolment,
    give_code,
    give_recovery_code,
    mailed_link,
    sign_in,
    sign_up,
)
from tests.browser.steps import composer
from tests.live import PASSWORD, LiveServer


def test_who_is_signed_out_elsewhere_is_led_to_the_door_at_once(desk: Desk) -> None:
    here, there = desk.open(None), desk.open(None)
    email = sign_up(here, "Ida")
    sign_in(there, email)
    expect(there.locator("room-feed[data-live]")).to_be_visible()
    room = there.url
    with there.expect_response(re.compile("/draft$")):
        composer(there).fill("half a thought")

    here.goto("/settings/sessions/")
    here.get_by_role("button", name=re.compile("^Sign out [A-Z]")).click()
    expect(there.get_by_role("heading", name="Sign in to Atrium")).to_be_visible()
    expect(there.get_by_text("You have been signed out. What you wrote is kept.")).to_be_visible()
    screenshot(there, "signed-out-elsewhere")

    expect(here.get_by_text("That device is signed out.")).to_be_visible()
    there.get_by_label("E-mail").fill(email)
    there.get_by_role("textbox", name="Password").fill(PASSWORD)
    there.get_by_role("button", name="Sign in").click()
    expect(there).to_have_url(room)
    expect(composer(there)).to_have_value("half a thought")


def test_somebody_is_invited_by_mail_and_signs_up_on_the_way(desk: Desk, company: Company, server: LiveServer) -> None:
    alice = desk.open(company.alice, f"/o/{company.slug}/settings/")
    email = f"vera-{uuid4().hex[:8]}@halyard.example"
    alice.get_by_label("E-mail addresses").fill(email)
    alice.get_by_role("button", name="Send invitations").click()
    expect(alice.get_by_text(f"Mailed to {email}.")).to_be_visible()

    vera = desk.open(None, mailed_link(server, email, "/join/"))
    expect(vera.get_by_role("heading", name=re.compile("^Join "))).to_be_visible()
    expect(vera.get_by_label("E-mail")).to_have_value(email)
    vera.get_by_label("Name").fill("Vera")
    vera.get_by_role("textbox", name="Password").fill(PASSWORD)
    vera.get_by_role("button", name=re.compile("^Join ")).click()
    expect(vera).to_have_url(INSIDE)
    expect(composer(vera)).to_be_visible()

    alice.reload()
    expect(alice.get_by_text(f"Mailed to {email}, for them alone")).to_have_count(0)
    expect(alice.get_by_text("Vera", exact=True)).to_be_visible()


def test_from_the_first_mail_to_the_last_recovery(desk: Desk, server: LiveServer) -> None:
    page = desk.open(None)
    email = sign_up(page, "Wanda")
    page.goto(mailed_link(server, email))
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm").click()
    secret = begin_enrolment(page)
    codes = confirm_enrolment(page, secret)

    come_back(page, email, give_code, code_of(secret, steps=1))
    come_back(page, email, give_recovery_code, codes[-1])
