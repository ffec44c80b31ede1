"""By which rule a task recurs, chosen on its page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Company, Desk, screenshot
from tests.browser.task_steps import Plan, open_task


def test_a_rule_is_chosen_in_a_form_and_said_in_words(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    (task,) = plan.add("Paint")
    page, other = open_task(desk, company.alice, task), open_task(desk, company.bob, task)
    summary, save = page.locator("#task-recurrence"), page.locator("[data-task-form=recurrence] .btn")

    summary.click()
    frequency = page.get_by_label("Repeats", exact=True)
    expect(page.get_by_label("At intervals of")).to_be_hidden()
    frequency.select_option("WEEKLY")
    page.get_by_label("At intervals of").fill("2")
    page.get_by_label("Mon", exact=True).check()
    page.get_by_label("Fri", exact=True).check()
    page.get_by_label("The next one is made").select_option("due")
    save.click()

    expect(summary).to_contain_text("Every 2 weeks on Monday and Friday")
    expect(summary).to_contain_text("Next on")
    expect(summary).to_be_focused()
    expect(other.locator("#task-recurrence")).to_contain_text("Every 2 weeks")
    assert plan.read(task)["recurrence"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"
    assert plan.read(task)["repetition"] == "due"
    summary.click()
    screenshot(page, "task-recurrence")
    frequency.select_option("")
    save.click()
    expect(summary).to_have_text("Never")


def test_a_rule_of_ones_own_that_is_wrong_says_why(company: Company, desk: Desk) -> None:
    (task,) = Plan(company).add("Paint")
    page = open_task(desk, company.alice, task)
    page.locator("#task-recurrence").click()
    page.get_by_label("Repeats", exact=True).select_option("CUSTOM")
    rule = page.get_by_label("Rule, as RFC 5545 writes it")
    rule.fill("FREQ=NEVER")
    desk.expect("422")
    rule.press("Enter")

    expect(page.locator(".toast")).to_contain_text("A rule begins with")
    expect(rule).to_have_value("FREQ=NEVER")
    rule.fill("FREQ=MONTHLY;BYDAY=-1FR")
    rule.press("Enter")
    expect(page.locator("#task-recurrence")).to_contain_text("FREQ=MONTHLY;BYDAY=-1FR")
