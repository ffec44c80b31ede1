"""Files, relations and watchers of a task on its page, and who sees them change."""

from __future__ import annotations

from playwright.sync_api import FilePayload, expect

from tests.accounts.pictures import halves
from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import Company, Desk, screenshot
from tests.browser.task_steps import Plan, open_task


def test_files_are_attached_and_taken_off(company: Company, desk: Desk) -> None:
    (task,) = Plan(company).add("Paint")
    page, other = open_task(desk, company.alice, task), open_task(desk, company.bob, task)
    files: list[FilePayload] = [
        {"name": "plan.png", "mimeType": "image/png", "buffer": halves()},
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Two coats"},
    ]

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files(files)

    for each in (page, other):
        expect(each.locator(".task-file")).to_have_count(2)
        expect(each.get_by_role("link", name="notes.txt")).to_contain_text("9")
    expect(page.locator(".uploads li")).to_have_count(0)
    page.get_by_role("button", name="Remove notes.txt").click()
    expect(other.locator(".task-file")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(other.locator(".task-file")).to_have_count(2)
    assert axe_says_in_both_themes(page) == ""
    screenshot(page, "task-files")


def test_a_file_is_dropped_on_a_task_and_one_refused_says_why(company: Company, desk: Desk) -> None:
    (task,) = Plan(company).add("Paint")
    page = open_task(desk, company.alice, task)
    drop = """(zone, names) => {
      const dataTransfer = new DataTransfer()
      for (const name of names) dataTransfer.items.add(new File(["coats"], name, { type: "text/plain" }))
      zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
    }"""
    page.locator("[data-description]").evaluate(drop, ["dropped.txt"])
    expect(page.get_by_role("link", name="dropped.txt")).to_be_visible()

    page.route("**/attachments", lambda route: route.abort())
    desk.expect("ERR_FAILED")
    page.locator("[data-description]").evaluate(drop, ["late.txt"])
    row = page.locator(".uploads li")
    expect(row).to_contain_text("late.txt")
    expect(row).to_have_class("tray__file tray__file--failed")
    page.unroute("**/attachments")
    row.get_by_role("button", name="Retry late.txt").click()
    expect(page.get_by_role("link", name="late.txt")).to_be_visible()
    expect(page.locator(".uploads li")).to_have_count(0)


def test_tasks_are_related_by_a_piece_of_their_title(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    task, sand = plan.add("Paint", "Sand the hull")
    page, other = open_task(desk, company.alice, task), open_task(desk, company.bob, sand)

    page.locator("#task-relate").click()
    page.get_by_label("Relation", exact=True).select_option("blocked_by")
    field = page.get_by_label("Task", exact=True)
    field.fill("nothing")
    field.press("Enter")
    assert "ATR-12" in field.evaluate("field => field.validationMessage")
    field.fill("sand")
    option = page.locator("[role=listbox] [role=option]")
    expect(option).to_have_count(1)
    field.press("Enter")

    expect(page.locator(".task-relations li")).to_contain_text("Sand the hull")
    expect(other.locator(".task-relations li")).to_contain_text("Blocks")
    expect(field).to_be_focused()
    field.fill("sand")
    page.get_by_label("Relation", exact=True).select_option("blocks")
    desk.expect("409")
    option.click()
    expect(page.locator(".toast")).to_contain_text("the other way round")
    screenshot(page, "task-relations")

    page.get_by_role("button", name="Remove the relation to HAR-2").click()
    expect(other.locator(".task-relations li")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(other.locator(".task-relations li")).to_have_count(1)


def test_one_watches_and_lets_others_watch(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    (task,) = plan.add("Paint")
    page, other = open_task(desk, company.alice, task), open_task(desk, company.bob, task)

    page.get_by_role("button", name="Watching").click()
    expect(page.get_by_role("button", name="Watch", exact=True)).to_be_focused()
    page.locator("#task-watchers").click()
    page.get_by_role("checkbox", name="Bob").check()
    expect(other.get_by_role("button", name="Watching")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Bob")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#task-watchers")).to_be_focused()


def test_the_parts_of_an_archived_task_are_only_read(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    task, sand = plan.add("Paint", "Sand")
    plan.rest.ask("POST", f"/tasks/{task}/relations", {"kind": "relates", "task_id": sand})
    plan.rest.ask("POST", f"/projects/{plan.id}/archive")

    page = open_task(desk, company.bob, task)
    expect(page.locator(".task-relations li")).to_contain_text("Related to")
    expect(page.locator(".task-relations button, task-uploads, #task-relate, #task-watchers")).to_have_count(0)
