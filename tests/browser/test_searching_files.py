"""Words in a PDF that a browser has printed lead to the message that shows it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, Member, screenshot

REPORT = """<html lang=en><meta charset=utf-8><body style="width:180px; font:16px sans-serif">
<p>Donau&shy;dampf&shy;schifffahrts&shy;gesellschaft</p><p>He saw the harbour-<br>master and a well-known tide.</p>
<p dir=rtl lang=ar>مرحبا بكم في الميناء</p><p dir=rtl lang=he>שלום לכם</p></body>"""


@pytest.fixture(scope="module")
def report(browser: Browser) -> Iterator[bytes]:
    """A report of one page, printed by Chromium."""
    page = browser.new_page()
    page.set_content(REPORT)
    yield page.pdf()
    page.close()


def post_file(member: Member, company: Company, room: str, name: str, content: bytes) -> None:
    """Post a file whose text was read."""
    asset = member.rest.post("/assets", data={"org": company.slug}, files={"file": (name, content)}).json()
    deadline = time.monotonic() + 60
    while member.rest.ask("GET", f"/assets/{asset['id']}")["state"] != "ready" and time.monotonic() < deadline:
        time.sleep(0.1)
    member.rest.ask("POST", f"/rooms/{room}/messages", {"content": "As agreed", "asset_ids": [asset["id"]]})


def test_a_word_in_a_pdf_leads_to_its_message(desk: Desk, company: Company, report: bytes) -> None:
    room = company.open_room("harbour")
    post_file(company.alice, company, room, "Report.pdf", report)
    company.alice.say(room, *[f"message {n}" for n in range(30)])
    page = desk.open(company.bob, f"/o/{company.slug}/search/")
    words = (
        "donaudampfschifffahrtsgesellschaft",
        "harbourmaster",
        "harbour-master",
        "known",
        "مرحبا",
        "الميناء",
        "שלום",
    )

    for word in words:
        page.get_by_role("searchbox").fill(f"in-file:{word}")
        shown = re.compile("\u00ad?".join(map(re.escape, word)), re.IGNORECASE)
        expect(page.locator(".result__file mark").first).to_have_text(shown)
    page.get_by_role("searchbox").fill("in-file:harbour-master has:image")
    expect(page.get_by_text("No message matches")).to_be_visible()
    page.get_by_role("searchbox").fill('in-file:"مرحبا بكم في الميناء"')
    expect(page.locator(".result__file mark")).to_have_text("مرحبا بكم في الميناء")
    page.locator(".result").click()

    expect(page.locator("room-feed[data-live]")).to_be_visible()
    expect(page.locator(".feed__item", has_text="Report.pdf")).to_be_in_viewport()


def test_what_was_found_in_a_file_is_readable_everywhere(desk: Desk, company: Company, report: bytes) -> None:
    post_file(company.alice, company, company.open_room("harbour"), f"{'A long name ' * 9}.pdf", report)
    page = desk.open(company.bob, f"/o/{company.slug}/search/?q=in-file:tide", reduced_motion="reduce")

    expect(page.locator(".result__file mark").first).to_have_text("tide")
    screenshot(page, "search-file")
    assert axe_says_in_both_themes(page) == ""
    page.set_viewport_size(PHONE["viewport"])
    screenshot(page, "search-file-phone")
    assert axe_says_in_both_themes(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
