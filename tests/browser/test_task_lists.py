"""Lists of tasks in the browser: changed in place, many at once, by the day, by name, live."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, Member, screenshot
from tests.browser.task_steps import Plan, pick, row


@pytest.fixture
def plan(company: Company) -> Plan:
    return Plan(company)


def test_a_task_is_changed_in_its_row(company: Company, plan: Plan, desk: Desk) -> None:
    [task] = plan.add("Paint the pier")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=none")

    row(page, "Paint the pier").hover()
    row(page, "Paint the pier").get_by_role("button", name="Change the title").click()
    page.get_by_role("textbox", name="Title", exact=True).fill("Tar the pier")
    page.keyboard.press("Enter")
    line = row(page, "Tar the pier")
    line.get_by_role("button", name="Priority").click()
    pick(page, "High")
    expect(line).to_have_attribute("data-priority", "3")
    line.get_by_role("button", name="Assignees").click()
    pick(page, "Bob")
    expect(line).to_have_attribute("data-assignees", f"{company.bob.id} ")
    # Without the notices of the former changes.
    page.reload()
    line.get_by_role("button", name="Due date").click()
    pick(page, "Tomorrow")
    expect(line).not_to_have_attribute("data-due", "")

    saved = plan.read(task)
    assert (saved["title"], saved["priority"]) == ("Tar the pier", "high")
    assert [each["id"] for each in saved["assignees"]] == [company.bob.id]
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(line).to_have_attribute("data-due", "")


def test_many_are_changed_at_once_and_taken_back(company: Company, plan: Plan, desk: Desk) -> None:
    ids = plan.add("One", "Two", "Three", "Four")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=column")

    row(page, "One").locator("[data-selects]").check()
    row(page, "Three").locator("[data-selects]").click(modifiers=["Shift"])
    bar = page.get_by_role("toolbar", name="Selected tasks")
    expect(bar).to_contain_text("3 selected")
    bar.get_by_role("button", name="Priority").click()
    pick(page, "Urgent")
    expect(row(page, "Three")).to_have_attribute("data-priority", "4")
    assert [plan.read(each)["priority"] for each in ids] == ["urgent", "urgent", "urgent", "none"]
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(row(page, "Three")).to_have_attribute("data-priority", "0")

    bar.get_by_role("button", name="Delete").click()
    expect(page.locator("[data-task]")).to_have_count(1)
    expect(bar).to_be_hidden()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("[data-task] [data-title]")).to_have_text(["One", "Two", "Three", "Four"])


def test_keys_do_all_of_it(company: Company, plan: Plan, desk: Desk) -> None:
    plan.add("One", "Two")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=none")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row(page, "Two")).to_be_focused()
    page.keyboard.press("x")
    expect(row(page, "Two").locator("[data-selects]")).to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    pick(page, "Low")
    expect(row(page, "Two")).to_have_attribute("data-priority", "1")
    expect(row(page, "Two")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("e")
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    expect(row(page, "First")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("Three")
    page.keyboard.press("Enter")
    expect(page.locator("[data-task] [data-title]")).to_have_text(["First", "Two", "Three"])


def test_a_line_adds_a_task_to_the_list_with_all_that_it_says(company: Company, plan: Plan, desk: Desk) -> None:
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=none")
    page.get_by_role("button", name="New task").first.click()
    line = page.get_by_label("Title of the task")
    line.fill("Tar the boat @bob !high tomorrow ~2h")
    expect(page.locator(".quick-add__chips .badge")).to_have_text(["Bob", "High", re.compile(r"\d"), "2 h"])
    line.press("Enter")
    expect(row(page, "Tar the boat")).to_have_attribute("data-priority", "3")
    expect(row(page, "Tar the boat")).to_have_attribute("data-assignees", f"{company.bob.id} ")
    expect(line).to_have_value("")
    line.press("Escape")
    expect(page.get_by_role("button", name="New task").first).to_be_focused()


def test_a_line_adds_a_task_of_ones_own_to_a_chosen_project(company: Company, plan: Plan, desk: Desk) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/tasks/")
    page.keyboard.press("c")
    line = page.get_by_label("Title of the task")
    expect(line).to_be_focused()
    page.get_by_label("Project", exact=True).select_option(label="Harbour")
    line.fill("Paint today")
    line.press("Enter")
    expect(row(page, "Paint")).to_be_visible()
    expect(page.locator("main [data-section] h2")).to_have_text(["Today"])
    screenshot(page, "my-tasks-new")
    # That of somebody else is told of instead.
    line.fill("Rig @bob")
    line.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("HAR-2: Rig")
    expect(row(page, "Rig")).to_have_count(0)


def test_what_others_change_is_shown_where_it_belongs(company: Company, plan: Plan, desk: Desk) -> None:
    paint, tar = plan.add("Paint", "Tar")
    page = desk.open(company.bob, f"/projects/{plan.id}/list/?group=column")
    expect(page.locator("html")).to_have_attribute("data-connection", "up")

    plan.rest.ask("PUT", f"/tasks/{paint}/completion")
    done = page.locator(f"[data-task='{paint}']")
    expect(done).to_have_attribute("data-status", "completed")
    expect(page.locator(".task-rows__group h2").last).to_have_text(row_group(plan, paint))
    plan.rest.ask("DELETE", f"/tasks/{tar}")
    expect(page.locator(f"[data-task='{tar}']")).to_have_count(0)
    plan.add("Rig")
    expect(row(page, "Rig")).to_be_visible()


def row_group(plan: Plan, task_id: str) -> str:
    column = plan.read(task_id)["column_id"]
    return next(name for name, each in plan.columns.items() if each == column)


def test_rows_follow_as_one_scrolls(company: Company, plan: Plan, desk: Desk) -> None:
    plan.add(*(f"Task {n}" for n in range(130)))
    page = desk.open(company.alice, f"/projects/{plan.id}/list/?group=none")

    expect(row(page, "Task 0")).to_be_visible()
    for last in ("Task 49", "Task 99", "Task 129"):
        row(page, last).scroll_into_view_if_needed()
    expect(page.locator("[data-task]")).to_have_count(130)


def test_filters_are_in_the_address_and_saved_by_name(company: Company, plan: Plan, desk: Desk) -> None:
    plan.add("Paint", priority="urgent")
    plan.add("Tar")
    page = desk.open(company.alice, f"/projects/{plan.id}/list/")

    page.locator(".filter summary", has_text="Priority").click()
    page.get_by_role("checkbox", name="Urgent").check()
    expect(page.locator("[data-task] [data-title]")).to_have_text(["Paint"])
    expect(page).to_have_url(re.compile("priority=urgent"))
    page.locator(".filter summary", has_text="Views").click()
    page.get_by_role("button", name="Save view").click()
    page.get_by_role("textbox", name="Name").fill("On fire")
    page.locator("#save-view").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("[data-task]")).to_have_count(2)
    page.locator(".filter summary", has_text="Views").click()
    page.get_by_role("link", name="On fire").click()
    expect(page.locator("[data-task] [data-title]")).to_have_text(["Paint"])


def test_my_tasks_stand_by_when_they_are_due(company: Company, plan: Plan, desk: Desk) -> None:
    mine: dict[str, Any] = {"assignee_ids": [company.alice.id]}
    plan.add("Late", due_date="2020-01-01", **mine)
    [sometime] = plan.add("Sometime", **mine)
    plan.add("Not mine")
    page = desk.open(company.alice, f"/o/{company.slug}/tasks/")

    sections = page.locator("main [data-section]")
    expect(sections.locator("h2")).to_have_text(["Overdue", "Without a due date"])
    expect(row(page, "Not mine")).to_have_count(0)
    row(page, "Late").get_by_role("button", name="Completed").click()
    expect(sections.locator("h2")).to_have_text(["Without a due date", "Completed lately"])
    row(page, "Sometime").hover()
    row(page, "Sometime").get_by_role("button", name="Snooze").click()
    pick(page, "Tomorrow")
    expect(sections.locator("h2")).to_have_text(["Snoozed", "Completed lately"])
    assert plan.read(sometime)["snoozed_until"]


def test_what_came_in_is_accepted(company: Company, plan: Plan, desk: Desk) -> None:
    [task] = plan.add("Paint", column_id=None)
    page = desk.open(company.alice, f"/projects/{plan.id}/triage/")

    row(page, "Paint").get_by_role("button", name="Accept").click()
    page.locator("#task-menu").get_by_role("menuitemradio").first.click()

    expect(page.get_by_role("heading", name="Nothing waits for a place")).to_be_visible()
    assert plan.read(task)["column_id"] in plan.columns.values()


def test_strangers_find_none_of_it(company: Company, plan: Plan, desk: Desk, newcomer: Member) -> None:
    desk.expect("404")
    page = desk.open(newcomer)
    for path in ("list", "calendar", "triage"):
        answer = page.goto(f"/projects/{plan.id}/{path}/")
        assert answer
        assert answer.status == 404
    answer = page.goto(f"/o/{company.slug}/tasks/")
    assert answer
    assert answer.status == 404


@pytest.mark.parametrize("options", [{}, PHONE | {"viewport": {"width": 320, "height": 640}}], ids=["desktop", "phone"])
def test_they_fit_and_axe_finds_nothing(company: Company, plan: Plan, desk: Desk, options: dict[str, Any]) -> None:
    mine: dict[str, Any] = {"assignee_ids": [company.alice.id]}
    plan.add("A title that goes on and on, as titles do, further than any screen is wide", priority="high", **mine)
    plan.add("Paint", due_date="2026-12-09", column_id=None, **mine)
    page = desk.open(company.alice, **options)
    for path in ("list/", "calendar/?month=2026-12", "triage/"):
        page.goto(f"/projects/{plan.id}/{path}")
        assert axe_says_in_both_themes(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"/o/{company.slug}/tasks/")
    assert axe_says_in_both_themes(page) == ""
