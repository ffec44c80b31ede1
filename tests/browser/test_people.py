"""An organisation's people at a browser: nobody becomes an administrator by an arrow key, and a mail is no surprise."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Company, Desk


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


def test_the_button_says_whether_a_mail_goes_out(desk: Desk, company: Company) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/settings/")
    expect(page.get_by_role("button", name="Create link")).to_be_visible()

    page.get_by_label("Only for").fill("gus@halyard.example")
    expect(page.get_by_role("button", name="Create link")).to_be_hidden()
    page.get_by_role("button", name="Send invitation").click()

    expect(page.get_by_text("Mailed to gus@halyard.example.")).to_be_visible()
