"""Tasks are imported at the browser: a file, what its columns mean, a dry run, the import, its report."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.axe import axe_says
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.task_steps import Plan

TABLE = (
    "Summary,Issue key,Status,Assignee,Due Date,Labels,Labels,Votes\n"
    + "Mend the pier,SEA-1,Doing now,Bob,3/4/2026,wood,harbour,3\n"
    + "Buy planks,SEA-2,Done,nobody,,wood,,\n"
    + "".join(f"Plank {n},SEA-{n},Later,,,,,\n" for n in range(3, 30))
)


def test_a_table_is_imported(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    page = desk.open(company.alice, f"/projects/{plan.id}/settings/imports/")
    assert axe_says(page) == ""
    screenshot(page, "import-upload")
    page.get_by_label("File").set_input_files({"name": "jira.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", name="What do the columns mean?")).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("title")
    expect(page.get_by_label("Votes")).to_have_value("")
    expect(page.get_by_label("How are dates written?")).to_be_visible()
    assert axe_says(page) == ""
    screenshot(page, "import-columns")
    page.get_by_label("How are dates written?").select_option("month")
    page.get_by_role("button", name="Check", exact=True).click()

    expect(page.get_by_role("heading", name="Ready to import")).to_be_visible()
    expect(page.get_by_text("29 new tasks")).to_be_visible()
    expect(page.get_by_text("2 new columns")).to_be_visible()
    expect(page.get_by_text("People who are not in the project were left out")).to_be_visible()
    assert axe_says(page) == ""
    screenshot(page, "import-ready")
    assert plan.rest.ask("GET", f"/projects/{plan.id}/tasks")["items"] == []
    page.locator("#main").get_by_role("button", name="Import", exact=True).click()

    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    screenshot(page, "import-done")
    page.get_by_role("link", name="Open the board").click()
    expect(page.locator("[data-task]", has_text="Mend the pier").first).to_be_visible()
    expect(page.get_by_role("heading", name="Doing now")).to_be_visible()
    found = plan.rest.ask("GET", f"/projects/{plan.id}/tasks?q=pier")["items"]
    assert [(task["due_date"], [who["id"] for who in task["assignees"]]) for task in found] == [
        ("2026-03-04", [company.bob.id])
    ]


def test_a_wrong_file_is_refused_on_a_phone(company: Company, desk: Desk) -> None:
    plan = Plan(company)
    desk.expect("422")
    page = desk.open(company.alice, f"/projects/{plan.id}/settings/imports/", **PHONE)

    page.get_by_label("File").set_input_files(
        {"name": "board.json", "mimeType": "application/json", "buffer": b'{"lists": []}'}
    )
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("This is no board of Trello: “cards” is missing.")).to_be_visible()
    screenshot(page, "import-refused")
