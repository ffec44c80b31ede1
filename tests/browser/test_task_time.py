"""The time of a task on its page: the timer, entries by hand, and who sees them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.task_steps import Plan, open_task


def test_a_timer_runs_where_all_see_it(company: Company, desk: Desk) -> None:
    (task,) = Plan(company).add("Paint", estimate=7200)
    page, other = open_task(desk, company.alice, task), open_task(desk, company.bob, task)

    page.get_by_role("button", name="Start timer", exact=True).click()

    stop = page.get_by_role("button", name="Stop timer", exact=True)
    expect(stop).to_be_focused()
    expect(page.locator("running-clock")).to_have_text("0:00:01")
    expect(other.locator("running-clock")).to_be_visible()
    expect(other.get_by_role("button", name="Start timer", exact=True)).to_be_visible()
    screenshot(page, "task-timer")
    stop.press("Enter")
    expect(page.locator("running-clock")).to_have_count(0)
    expect(other.locator("running-clock")).to_have_count(0)


def test_time_is_entered_by_hand_and_taken_back(company: Company, desk: Desk) -> None:
    (task,) = Plan(company).add("Paint", estimate=7200)
    page, other = open_task(desk, company.alice, task), open_task(desk, company.bob, task)
    other.locator("#task-time").click()
    other.get_by_label("Note").fill("my own words")

    page.locator("#task-time").click()
    page.get_by_label("Time spent").fill("soon")
    page.get_by_role("button", name="Add", exact=True).click()
    assert "2h 30m" in page.get_by_label("Time spent").evaluate("field => field.validationMessage")
    page.get_by_label("Time spent").fill("25h")
    desk.expect("422")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Not saved.")
    page.get_by_label("Time spent").fill("2h 30m")
    page.get_by_label("Note").fill("The hull")
    page.get_by_label("Note").press("Enter")

    expect(page.locator(".task-entries")).to_contain_text("The hull")
    expect(page.locator("#task-time")).to_contain_text("2 h 30 min of 2 h")
    expect(page.get_by_label("Time spent")).to_be_focused()
    expect(page.get_by_label("Time spent")).to_have_value("")
    expect(other.locator("#task-time")).to_contain_text("2 h 30 min")
    # What another is writing meanwhile stays, and they may not delete what is not theirs.
    expect(other.get_by_label("Note")).to_have_value("my own words")
    expect(other.get_by_label("Note")).to_be_focused()
    expect(other.get_by_role("button", name="Delete this time")).to_have_count(0)
    assert axe_says_in_both_themes(page) == ""
    screenshot(page, "task-time")

    page.get_by_role("button", name="Delete this time").click()
    expect(page.locator("#task-time")).to_have_text("Add time")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".task-entries")).to_contain_text("The hull")
    expect(other.locator("#task-time")).to_contain_text("2 h 30 min")


def test_the_time_of_an_archived_task_is_only_read(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    (task,) = plan.add("Paint")
    moment = "2026-03-02T09:00:00Z"
    plan.rest.ask("POST", f"/tasks/{task}/time-entries", {"started_at": moment, "seconds": 5400, "note": "Hull"})
    plan.rest.ask("POST", f"/projects/{plan.id}/archive")

    page = open_task(desk, company.alice, task, locale="de-DE", **PHONE)
    page.locator("#task-time").tap()
    expect(page.locator(".task-entries")).to_contain_text("Hull")
    expect(page.get_by_role("button", name="Timer starten")).to_have_count(0)
    expect(page.locator(".task-fields input")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, "task-time-phone")
