"""A board while somebody changes its columns and labels, and its saved views."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.board_steps import BoardProject, card, expect_cards, open_board
from tests.browser.conftest import Company, Desk


def expect_columns(page: Page, *names: str) -> None:
    expect(page.locator(".column h2")).to_have_text(list(names))


def test_columns_and_labels_of_others_are_shown_at_once(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    page, rest = open_board(desk, company.bob, project), company.alice.rest
    columns, path = project.column_ids(), f"/projects/{project.id}/columns"
    card(page, "Rig").get_by_role("link").focus()
    expect_columns(page, "To do", "In progress", "Done")

    review = rest.ask("POST", path, {"name": "Review", "status": "in_progress", "before": columns["Done"]})
    expect_columns(page, "To do", "In progress", "Review", "Done")
    rest.ask("PATCH", f"/columns/{review['id']}", {"name": "Checks", "before": columns["In progress"]})
    expect_columns(page, "To do", "Checks", "In progress", "Done")
    expect(card(page, "Rig").get_by_role("link")).to_be_focused()
    page.keyboard.press("m")
    names = page.locator("#card-menu [data-columns] button")
    expect(names).to_have_text(["To do", "Checks", "In progress", "Done"])
    names.nth(1).click()
    expect_cards(page, "Checks", "Rig")
    rest.ask("DELETE", f"/columns/{review['id']}?move_to={columns['To do']}")
    expect_columns(page, "To do", "In progress", "Done")
    expect_cards(page, "To do", "Paint", "Rig")

    label = rest.ask("POST", f"/projects/{project.id}/labels", {"name": "hull"})
    task = project.add("Sail", label_ids=[label["id"]])[0]
    expect(card(page, "Sail")).to_contain_text("hull")
    rest.ask("PATCH", f"/labels/{label['id']}", {"name": "deck"})
    expect(page.locator(f"[data-task='{task['id']}']")).to_contain_text("deck")


def test_what_is_typed_stays_while_columns_change(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    page, rest = open_board(desk, company.bob, project), company.alice.rest
    columns = project.column_ids()
    page.locator(f".column[data-column='{columns['In progress']}'] .column__add").click()
    line = page.get_by_label("Title of the task")
    line.fill("Sail")

    rest.ask("DELETE", f"/columns/{columns['In progress']}?move_to={columns['To do']}")

    expect_columns(page, "To do", "Done")
    expect(line).to_have_value("Sail")
    expect(line).to_be_focused()
    line.press("Enter")
    expect_cards(page, "To do", "Paint", "Sail")


def test_filters_of_a_board_are_saved_by_name(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    project.add("Rig", priority="urgent")
    page = open_board(desk, company.alice, project, "?priority=urgent")

    views = page.locator(".filter summary", has_text="Views")
    views.click()
    page.get_by_role("button", name="Save view").click()
    page.get_by_role("textbox", name="Name").fill("On fire")
    page.locator("#save-view").get_by_role("button", name="Save").click()
    expect(page.locator("#save-view")).to_be_hidden()
    page.get_by_role("button", name="Clear filters").click()
    expect_cards(page, "To do", "Paint", "Rig")
    views.click()
    page.get_by_role("link", name="On fire").click()
    expect_cards(page, "To do", "Rig")
    page.keyboard.press("j")
    expect(card(page, "Rig").get_by_role("link")).to_be_focused()
