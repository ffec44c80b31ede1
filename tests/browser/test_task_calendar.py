"""The calendar of tasks in the browser: to another day by the pointer, and by the menu."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Company, Desk
from tests.browser.task_steps import Plan, pick, row


@pytest.fixture
def plan(company: Company) -> Plan:
    return Plan(company)


def test_a_task_is_dragged_to_another_day(company: Company, plan: Plan, desk: Desk) -> None:
    day = date(2026, 12, 9)
    [task] = plan.add("Paint", due_date=day.isoformat(), start_date=(day - timedelta(days=1)).isoformat())
    page = desk.open(company.alice, f"/projects/{plan.id}/calendar/?month=2026-12")

    entry = page.locator(f"[data-day='{day}'] [data-task='{task}']")
    target = page.locator("[data-day='2026-12-17']")
    entry.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 40, steps=4)
    expect(target).to_have_attribute("data-drop", "")
    page.mouse.up()

    expect(target.locator(f"[data-task='{task}']")).to_be_visible()
    saved = plan.read(task)
    assert (saved["start_date"], saved["due_date"]) == ("2026-12-16", "2026-12-17")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(entry).to_be_visible()
    assert plan.read(task)["start_date"] == "2026-12-08"


def test_a_task_is_moved_to_a_day_by_its_menu(company: Company, plan: Plan, desk: Desk) -> None:
    [task] = plan.add("Paint")
    page = desk.open(company.alice, f"/projects/{plan.id}/calendar/?month=2026-12")

    row(page, "Paint").hover()
    row(page, "Paint").get_by_role("button", name="Move to a date").click()
    pick(page, "Choose a day")
    page.get_by_label("Day", exact=True).fill("2026-12-24")
    page.get_by_role("button", name="Choose", exact=True).click()

    expect(page.locator(f"[data-day='2026-12-24'] [data-task='{task}']")).to_be_visible()
    assert plan.read(task)["due_date"] == "2026-12-24"
