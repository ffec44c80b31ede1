"""The timeline of projects in the browser: zoomed, live, on phones, for assistive technology."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.task_steps import Plan


def test_projects_are_seen_over_months(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    plan.add("Paint", start_date="2026-10-12", due_date="2026-11-20")
    plan.add("Tar", due_date="2026-12-11", status="completed")
    page = desk.open(company.bob, f"/o/{company.slug}/projects/")
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    page.goto(f"{page.url}?zoom=quarter&from=2026-10")

    expect(page.get_by_role("heading", name="October to December 2026")).to_be_visible()
    row = page.get_by_role("row", name="Harbour")
    expect(row.get_by_role("cell").nth(1)).to_have_text("11 Dec 2026")
    expect(row.locator(".timeline__bar")).to_have_count(1)
    screenshot(page, "timeline")
    assert axe_says_in_both_themes(page) == ""
    # What somebody plans is shown at once.
    plan.rest.ask("PATCH", f"/projects/{plan.id}", {"target_date": "2027-02-01"})
    expect(row.get_by_role("cell").nth(1)).to_have_text("1 Feb 2027")
    page.get_by_role("navigation", name="Scale").get_by_role("link", name="Year").click()
    expect(page.get_by_role("heading", name="2026", exact=True)).to_be_visible()
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("heading", name="2027", exact=True)).to_be_visible()
    expect(row.locator(".timeline__bar")).to_have_count(1)

    phone = desk.open(company.bob, f"/o/{company.slug}/projects/timeline/?zoom=quarter&from=2026-10", **PHONE)
    expect(phone.locator(".timeline__bar")).to_be_visible()
    screenshot(phone, "timeline-phone")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_says_in_both_themes(phone) == ""
