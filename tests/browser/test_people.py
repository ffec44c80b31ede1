"""An organisation's people at a browser: nobody becomes an administrator by an arrow key, and a mail is no surprise."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Company, Desk, screenshot


def test_a_role_changes_with_its_button_alone(desk: Desk, company: Company) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/settings/")
    role = page.get_by_label(f"Role of {company.bob.name}", exact=True)
    save = page.get_by_role("button", name=f"Save the role of {company.bob.name}")
    expect(save).to_be_hidden()

    role.focus()
    page.keyboard.press("ArrowUp")
    expect(save).to_be_visible()
    expect(role).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(save).to_be_hidden()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"{company.bob.name} is now an admin.")).to_be_visible()
    expect(role).to_have_value("admin")
    page.keyboard.press("Tab")
    expect(role).to_be_focused()


def test_several_are_invited_at_once_and_who_has_not_come_is_listed(desk: Desk, company: Company) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/settings/")
    expect(page.get_by_role("button", name="Create link")).to_be_visible()
    expect(page.get_by_text("bare or as Name <address>.")).to_be_visible()

    page.get_by_label("E-mail addresses").fill("gus@halyard.example, Ada Lund <ada@halyard.example>")
    page.get_by_role("button", name="Send invitations").click()
    expect(page.get_by_text("Mailed to 2 people.")).to_be_visible()
    screenshot(page, "invitations")

    pending = page.get_by_role("list", name="Pending invitations")
    for email in ("gus@halyard.example", "ada@halyard.example"):
        expect(pending.get_by_text(email, exact=True)).to_be_visible()
    page.get_by_role("button", name="Send again to gus@halyard.example").click()
    expect(page.get_by_text("Mailed to gus@halyard.example.")).to_be_visible()
    page.get_by_role("button", name="Revoke for gus@halyard.example").click()
    expect(pending.get_by_text("gus@halyard.example", exact=True)).to_have_count(0)
