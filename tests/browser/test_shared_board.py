"""A board that is shared by a link: made in the settings, read by anyone, and closed again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.task_steps import Plan


def test_anyone_reads_the_board_by_its_link_until_it_is_revoked(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    plan.add("Mend the light", priority="high", assignee_ids=[company.bob.id], description="It *blinks* twice as fast.")
    plan.add("Paint the hull", due_date="2026-03-01")
    plan.add("Sound the fog horn", column_id=plan.columns["Done"])
    desk.expect("404")
    alice = desk.open(company.alice, f"/projects/{plan.id}/settings/sharing/")

    alice.get_by_label("Assignees").select_option("By their initials")
    alice.get_by_label("Show descriptions").check()
    screenshot(alice, "share-link-none")
    alice.get_by_role("button", name="Make a link").click()
    field = alice.get_by_label("Link to the board")
    url = field.input_value()
    screenshot(alice, "share-link")

    anyone = desk.open(None, url)
    cards = anyone.locator(".task")
    expect(cards).to_have_count(3)
    expect(anyone.get_by_role("heading", name="Harbour", level=1)).to_be_visible()
    anyone.get_by_text("Description").click()
    expect(anyone.get_by_text("blinks")).to_be_visible()
    screenshot(anyone, "shared-board")
    assert axe_says_in_both_themes(anyone) == ""
    assert anyone.context.cookies() == []
    phone = desk.open(None, url, **PHONE, color_scheme="dark", locale="de")
    expect(phone.get_by_text("Nur zum Lesen")).to_be_visible()
    screenshot(phone, "shared-board-phone")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    alice.get_by_role("button", name="Revoke").click()
    alice.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(alice.get_by_role("button", name="Make a link")).to_be_visible()
    anyone.reload()
    expect(anyone.get_by_text("Mend the light")).to_have_count(0)


def test_an_organisation_forbids_share_links(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    plan.rest.ask("PUT", f"/projects/{plan.id}/share-link", {})
    alice = desk.open(company.alice, f"/o/{company.slug}/settings/")

    section = alice.get_by_role("region", name="Share links")
    section.get_by_role("button", name="Forbid").click()
    screenshot(alice, "share-links-forbidding")
    alice.get_by_role("dialog").get_by_role("button", name="Forbid").click()

    expect(section.get_by_role("button", name="Allow")).to_be_visible()
    alice.goto(f"/projects/{plan.id}/settings/sharing/")
    expect(alice.get_by_text("have forbidden share links")).to_be_visible()
    screenshot(alice, "share-link-forbidden")
