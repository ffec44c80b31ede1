"""Two people who change the same field of tasks at once: the second one is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.board_steps import BoardProject, card, expect_cards, open_board
from tests.browser.conftest import Company, Desk, screenshot
from tests.browser.task_steps import Plan, pick, row


@pytest.fixture
def plan(company: Company) -> Plan:
    return Plan(company)


def answer(page: Page, name: str) -> None:
    page.locator("#task-conflict").get_by_role("button", name=name).click()
    expect(page.locator("#task-conflict")).to_be_hidden()


def forget_news(page: Page) -> None:
    """Let the rows be of the versions before anybody else has changed them."""
    page.evaluate("for (const row of document.querySelectorAll('li[data-task]')) row.dataset.version = 1")


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Tar"), ("Take theirs", "Varnish")])
def test_a_title_in_the_list_is_not_overwritten(
    company: Company, plan: Plan, desk: Desk, choice: str, kept: str
) -> None:
    [task] = plan.add("Paint")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/")
    row(page, "Paint").focus()
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Title", exact=True).fill("Tar")
    company.bob.rest.ask("PATCH", f"/tasks/{task}", {"title": "Varnish"})
    desk.expect("409")

    page.keyboard.press("Enter")

    expect(page.locator("#task-conflict")).to_contain_text("Bob has set “Title” to “Varnish”")
    expect(page.locator("#task-conflict").get_by_role("button", name="Keep mine")).to_be_focused()
    screenshot(page, "list-conflict")
    assert axe_says(page) == ""
    answer(page, choice)
    expect(row(page, kept)).to_be_visible()
    assert plan.read(task)["title"] == kept


def test_many_are_asked_for_at_once_and_the_others_are_saved(company: Company, plan: Plan, desk: Desk) -> None:
    ids = plan.add("One", "Two", "Three")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=none")
    company.bob.rest.ask("PATCH", f"/tasks/{ids[1]}", {"priority": "low", "assignee_ids": [company.bob.id]})
    expect(row(page, "Two")).to_have_attribute("data-priority", "1")
    forget_news(page)
    row(page, "One").locator("[data-selects]").check()
    row(page, "Three").locator("[data-selects]").click(modifiers=["Shift"])
    desk.expect("409")

    page.get_by_role("toolbar", name="Selected tasks").get_by_role("button", name="Priority").click()
    pick(page, "Urgent")

    expect(page.locator("#task-conflict li")).to_have_text(["“Two”: Bob has set “Priority” to “Low”."])
    answer(page, "Take theirs")
    expect(row(page, "Three")).to_have_attribute("data-priority", "4")
    assert [plan.read(each)["priority"] for each in ids] == ["urgent", "low", "urgent"]
    expect(page.locator("#toasts")).to_contain_text("2 tasks changed.")


def test_undo_does_not_take_back_what_others_have_done_since(company: Company, plan: Plan, desk: Desk) -> None:
    [task] = plan.add("Paint")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=none")
    row(page, "Paint").get_by_role("button", name="Assignees").click()
    pick(page, "Alice")
    page.keyboard.press("Escape")
    expect(row(page, "Paint")).not_to_have_attribute("data-assignees", "")
    company.bob.rest.ask("PATCH", f"/tasks/{task}", {"assignee_ids": [company.bob.id]})
    desk.expect("409")

    page.locator("#toasts").get_by_role("button", name="Undo").click()

    expect(page.locator("#task-conflict li")).to_have_text(["“Paint”: Bob has set “Assignees” to “Bob”."])
    answer(page, "Take theirs")
    assert [each["id"] for each in plan.read(task)["assignees"]] == [company.bob.id]


def test_a_title_in_my_tasks_stays_while_it_is_typed(company: Company, plan: Plan, desk: Desk) -> None:
    [task, other] = plan.add("Paint", "Rig", assignee_ids=[company.alice.id])
    page = desk.open(company.alice, f"/o/{company.slug}/tasks/")
    expect(page.locator("html")).to_have_attribute("data-connection", "up")
    row(page, "Paint").focus()
    page.keyboard.press("e")
    field = page.get_by_role("textbox", name="Title", exact=True)
    field.fill("Tar")
    company.bob.rest.ask("PATCH", f"/tasks/{other}", {"title": "Sail"})
    expect(field).to_have_value("Tar")
    page.keyboard.press("Enter")
    expect(row(page, "Tar")).to_be_visible()
    expect(row(page, "Sail")).to_be_visible()
    assert plan.read(task)["title"] == "Tar"


def test_a_title_on_a_card_is_not_overwritten(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    page = open_board(desk, company.alice, project)
    task = card(page, "Paint").get_attribute("data-task")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_label("Title", exact=True).fill("Tar")
    company.bob.rest.ask("PATCH", f"/tasks/{task}", {"title": "Varnish"})
    desk.expect("409")

    page.keyboard.press("Enter")

    expect(page.locator("#task-conflict")).to_contain_text("Bob has set “Title” to “Varnish”")
    answer(page, "Keep mine")
    expect_cards(page, "To do", "Tar")
