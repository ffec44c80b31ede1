"""The board of a project: cards that are moved, added, changed and found."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.board_steps import BoardProject, card, column, drag, expect_cards, open_board
from tests.browser.conftest import Company, Desk, screenshot


def test_a_card_is_dragged_by_mouse_and_moves_in_another_browser(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig", "Sail")
    page, other = open_board(desk, company.alice, project), open_board(desk, company.bob, project)
    expect_cards(page, "To do", "Paint", "Rig", "Sail")

    drag(page, card(page, "Sail"), card(page, "Paint"))
    for window in (page, other):
        expect_cards(window, "To do", "Sail", "Paint", "Rig")

    drag(page, card(page, "Paint"), column(page, "In progress").locator(".column__head"))
    for window in (page, other):
        expect_cards(window, "To do", "Sail", "Rig")
        expect_cards(window, "In progress", "Paint")
    assert project.stored("In progress") == ["Paint"]
    # A card that was dragged does not open.
    expect(page.locator("#panel task-details")).to_have_count(0)

    page.locator("#toasts").get_by_role("button", name="Undo").click()
    for window in (page, other):
        expect_cards(window, "To do", "Sail", "Paint", "Rig")
    assert project.stored("To do") == ["Sail", "Paint", "Rig"]


def test_escape_puts_back_what_is_dragged(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    page = open_board(desk, company.alice, project)
    box = card(page, "Rig").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] - 60, steps=4)
    expect(page.locator(".drop-line")).to_be_visible()

    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".task-ghost, .drop-line")).to_have_count(0)
    expect_cards(page, "To do", "Paint", "Rig")


def test_cards_are_moved_by_keys(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig", "Sail")
    page = open_board(desk, company.alice, project)

    page.keyboard.press("j")
    expect(card(page, "Paint").get_by_role("link")).to_be_focused()
    page.keyboard.press("Shift+ArrowDown")
    expect_cards(page, "To do", "Rig", "Paint", "Sail")
    expect(card(page, "Paint").get_by_role("link")).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect_cards(page, "In progress", "Paint")
    expect(card(page, "Paint").get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(card(page, "Rig").get_by_role("link")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#bulk-bar")).to_contain_text("2 selected")
    page.keyboard.press("Shift+ArrowRight")
    expect_cards(page, "To do")
    expect(column(page, "In progress").locator(".task")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator("#bulk-bar")).to_be_hidden()
    expect(page.locator(".toast")).not_to_contain_text(["Not moved."])


def test_cards_are_moved_by_their_menu_alone_and_together(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig", "Sail")
    page = open_board(desk, company.alice, project)
    menu = page.locator("#card-menu")

    card(page, "Rig").hover()
    card(page, "Rig").get_by_role("button", name="Move or change SEA-2").click()
    menu.get_by_role("button", name="Done", exact=True).click()
    expect_cards(page, "Done", "Rig")

    card(page, "Paint").click(modifiers=["ControlOrMeta"])
    card(page, "Sail").click(modifiers=["Shift"])
    expect(page.locator("#bulk-bar")).to_contain_text("2 selected")
    page.locator("#bulk-bar").get_by_role("button", name="Move to …").click()
    menu.get_by_role("button", name="In progress", exact=True).click()
    expect_cards(page, "In progress", "Paint", "Sail")
    expect(page.locator("#bulk-bar")).to_be_hidden()
    assert project.stored("In progress") == ["Paint", "Sail"]

    page.locator("#toasts").get_by_role("button", name="Undo").last.click()
    expect_cards(page, "To do", "Paint", "Sail")


def test_a_move_that_is_refused_goes_back(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    page = open_board(desk, company.alice, project)
    desk.expect("503")
    page.route("**/tasks/move", lambda route: route.fulfill(status=503, json={"code": "busy", "detail": "Busy."}))

    page.keyboard.press("j")
    page.keyboard.press("Shift+ArrowRight")

    expect(page.locator(".toast")).to_have_text("Not moved. Busy.")
    expect_cards(page, "To do", "Paint", "Rig")


def test_a_line_adds_a_task_with_all_that_it_says(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company)
    page, other = open_board(desk, company.alice, project), open_board(desk, company.bob, project)
    screenshot(page, "board-empty")
    page.get_by_role("button", name="Add a task", exact=True).click()
    field = page.get_by_label("Title of the task")

    field.fill("Paint the hull @bob !urgent tomorrow ~2h")
    expect(page.locator(".quick-add__chips .badge")).to_have_text(["Bob", "Urgent", re.compile(r"\d"), "2 h"])
    field.press("Enter")

    expect(field).to_have_value("")
    for window in (page, other):
        expect_cards(window, "To do", "Paint the hull")
        expect(card(window, "Paint the hull")).to_contain_text("Urgent")
        expect(card(window, "Paint the hull")).to_contain_text("Tomorrow")
    field.press("Escape")
    page.keyboard.press("c")
    desk.expect("422")
    field.fill("!high")
    field.press("Enter")
    expect(page.locator(".quick-add .field__error")).to_have_text("A task needs a title.")
    expect(field).to_have_value("!high")


def test_tasks_are_deleted_and_come_back(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig", "Sail")
    page, other = open_board(desk, company.alice, project), open_board(desk, company.bob, project)

    card(page, "Rig").get_by_role("link").focus()
    page.keyboard.press("Delete")
    for window in (page, other):
        expect_cards(window, "To do", "Paint", "Sail")
    expect(card(page, "Sail").get_by_role("link")).to_be_focused()

    page.locator("#toasts").get_by_role("button", name="Undo").click()
    for window in (page, other):
        expect_cards(window, "To do", "Paint", "Rig", "Sail")


def test_a_title_is_edited_on_its_card(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    page, other = open_board(desk, company.alice, project), open_board(desk, company.bob, project)

    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Title", exact=True).fill("Varnish")
    page.keyboard.press("Enter")

    for window in (page, other):
        expect_cards(window, "To do", "Varnish", "Rig")
    expect(card(page, "Varnish").get_by_role("link")).to_be_focused()


def test_filters_stay_in_the_address(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    project.add("Sail", priority="urgent")
    page = open_board(desk, company.alice, project)

    page.get_by_role("searchbox", name="Find a task").fill("sai")
    expect_cards(page, "To do", "Sail")
    expect(page).to_have_url(re.compile(r"\?q=sai"))
    page.reload()
    expect_cards(page, "To do", "Sail")
    # What the filters leave out stays away when it changes.
    project.add("Anchor")
    project.add("Sailor")
    expect_cards(page, "To do", "Sail", "Sailor")

    shared = open_board(desk, company.bob, project, "?priority=urgent")
    expect_cards(shared, "To do", "Sail")


def test_a_board_catches_up_after_the_connection_was_lost(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    page = open_board(desk, company.alice, project)

    page.context.set_offline(True)
    expect(page.locator("html[data-connection=down]")).to_have_count(1)
    task = project.add("Sail")[0]
    company.bob.rest.ask("PATCH", f"/tasks/{task['id']}", {"status": "completed"})
    page.context.set_offline(False)

    expect_cards(page, "Done", "Sail")
