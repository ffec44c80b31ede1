"""Projects at the browser: created, changed, archived, deleted and restored, and at once in every member's sidebar."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Company, Desk, Member, screenshot


def open_connected(desk: Desk, who: Member, path: str) -> Page:
    page = desk.open(who, path)
    expect(page.locator("html[data-connection=up]")).to_have_count(1)
    return page


def create_project(company: Company, name: str, **more: object) -> str:
    body = {"name": name, "member_ids": [company.bob.id], **more}
    return str(company.alice.rest.ask("POST", f"/orgs/{company.slug}/projects", body)["id"])


def find_section(page: Page, name: str) -> Locator:
    return page.locator(".sidebar__section", has=page.locator(".sidebar__title", has_text=name))


def press(page: Page, name: str) -> None:
    page.locator("#main").get_by_role("button", name=name, exact=True).click()


def test_a_new_project_is_at_once_in_the_sidebar_of_its_members(company: Company, desk: Desk) -> None:
    bob = open_connected(desk, company.bob, f"/o/{company.slug}/projects/")
    expect(bob.get_by_role("heading", name="No projects yet")).to_be_visible()
    alice = open_connected(desk, company.alice, f"/o/{company.slug}/projects/")

    alice.get_by_role("link", name="Create a project").click()
    alice.get_by_label("Name", exact=True).press_sequentially("Harbour Light")
    expect(alice.get_by_label("Key", exact=True)).to_have_value("HL")
    alice.get_by_title("Violet").click()
    people = alice.get_by_role("combobox", name="Add people (optional)")
    people.press_sequentially("bo")
    expect(alice.locator("[role=option]")).to_have_count(1)
    people.press("Enter")
    press(alice, "Create project")

    expect(alice.get_by_role("heading", name="Harbour Light", level=1)).to_be_visible()
    screenshot(alice, "project-new")
    for page in (alice, bob):
        section = find_section(page, "Harbour Light")
        expect(section.get_by_role("link", name="Board")).to_be_visible()
        expect(section.locator("[data-room] bdi")).to_have_text(["general"])
    expect(bob.locator(".project-card__link")).to_have_text(["Harbour Light"])


def test_a_key_that_was_typed_stays_and_a_taken_one_is_refused(company: Company, desk: Desk) -> None:
    create_project(company, "Harbour Light")
    desk.expect("422")
    page = open_connected(desk, company.alice, f"/o/{company.slug}/projects/new/")

    page.get_by_label("Key", exact=True).fill("hl")
    page.get_by_label("Name", exact=True).press_sequentially("Night Watch")
    page.get_by_label("Description (optional)").fill("Who is **awake**")
    press(page, "Create project")

    expect(page.get_by_text("Another project has this key.")).to_be_visible()
    expect(page.get_by_label("Key", exact=True)).to_have_value(re.compile("hl", re.IGNORECASE))
    expect(page.get_by_label("Name", exact=True)).to_have_value("Night Watch")
    expect(page.get_by_label("Description (optional)")).to_have_value("Who is **awake**")


def test_a_channel_of_a_project_stands_in_its_section_which_folds(company: Company, desk: Desk) -> None:
    project = create_project(company, "Harbour Light")
    window = open_connected(desk, company.bob, f"/projects/{project}/")
    other = open_connected(desk, company.bob, f"/o/{company.slug}/projects/")

    window.get_by_label("Name of a new channel").fill("lens")
    press(window, "Add")
    window.wait_for_url("**/rooms/**")

    for page in (window, other):
        expect(find_section(page, "Harbour Light").locator("[data-room] bdi")).to_have_text(["general", "lens"])
        expect(page.locator("[data-section=rooms] [data-room] bdi")).to_have_text(["general"])
    other.get_by_role("button", name="Show or hide Harbour Light").click()
    for page in (window, other):
        expect(find_section(page, "Harbour Light").get_by_role("link", name="Board")).to_be_hidden()


def test_columns_are_added_moved_and_deleted(company: Company, desk: Desk) -> None:
    project = create_project(company, "Harbour Light")
    columns = company.alice.rest.ask("GET", f"/projects/{project}/columns")["items"]
    task = {"title": "Order the lens", "column_id": columns[0]["id"]}
    company.alice.rest.ask("POST", f"/projects/{project}/tasks", task)
    page = open_connected(desk, company.alice, f"/projects/{project}/settings/columns/")
    names = page.locator("ol .input[name=name]")

    page.get_by_label("Name", exact=True).fill("Review")
    press(page, "Add column")
    expect(names).to_have_count(4)
    press(page, "Move Review up")
    expect(names.nth(2)).to_have_value("Review")
    page.get_by_label("Name of Review").fill("Checks")
    press(page, "Save Review")
    expect(names.nth(2)).to_have_value("Checks")

    page.get_by_label("Status of Checks").select_option("pending")
    press(page, "Save Checks")
    page.locator("summary[aria-label='Delete To do']").click()
    page.get_by_label("Its 1 task moves to").select_option(label="Checks")
    screenshot(page, "project-columns")
    page.get_by_role("button", name="Delete column").locator("visible=true").click()
    expect(names).to_have_count(3)
    tasks = company.alice.rest.ask("GET", f"/projects/{project}/tasks")["items"]
    assert [each["status"] for each in tasks] == ["pending"]


def test_members_come_and_go(company: Company, desk: Desk, newcomer: Member) -> None:
    company.alice.rest.invite(company.slug, newcomer.rest)
    project = create_project(company, "Harbour Light")
    charlie = open_connected(desk, newcomer, f"/o/{company.slug}/projects/")
    page = open_connected(desk, company.alice, f"/projects/{project}/settings/members/")

    people = page.get_by_role("combobox", name="Add people")
    people.press_sequentially("char")
    expect(page.locator("[role=option]")).to_have_count(1)
    people.press("Enter")
    press(page, "Add")
    expect(find_section(charlie, "Harbour Light")).to_be_visible()

    press(page, "Remove Charlie")
    expect(find_section(charlie, "Harbour Light")).to_have_count(0)
    page.get_by_label("Role of Bob", exact=True).select_option("admin")
    press(page, "Save the role of Bob")
    expect(page.get_by_label("Role of Bob", exact=True)).to_have_value("admin")


def test_a_project_is_archived_and_opened_again(company: Company, desk: Desk) -> None:
    project = create_project(company, "Harbour Light")
    page = open_connected(desk, company.alice, f"/projects/{project}/settings/")
    bob = open_connected(desk, company.bob, f"/o/{company.slug}/projects/")

    press(page, "Archive")
    expect(page.get_by_text("This project is archived.")).to_be_visible()
    expect(find_section(bob, "Harbour Light")).to_have_count(0)
    press(page, "Unarchive")
    expect(page.get_by_text("This project is archived.")).to_have_count(0)
    expect(find_section(bob, "Harbour Light")).to_be_visible()


def test_a_project_is_deleted_by_its_name_and_restored(company: Company, desk: Desk) -> None:
    project = create_project(company, "Harbour Light")
    page = open_connected(desk, company.alice, f"/projects/{project}/settings/")
    bob = open_connected(desk, company.bob, f"/o/{company.slug}/projects/")

    name = page.get_by_label("Type the name of the project to delete it")
    name.fill("Harbour")
    desk.expect("422")
    press(page, "Delete project")
    expect(page.get_by_text("That is not its name.")).to_be_visible()
    name.fill("Harbour Light")
    press(page, "Delete project")
    expect(find_section(bob, "Harbour Light")).to_have_count(0)
    expect(bob.get_by_role("heading", name="No projects yet")).to_be_visible()

    page.get_by_role("link", name="Deleted").click()
    press(page, "Restore Harbour Light")
    expect(page.get_by_role("heading", name="Harbour Light", level=1)).to_be_visible()
    expect(find_section(bob, "Harbour Light")).to_be_visible()


def test_a_stranger_sees_nothing_of_a_project(company: Company, desk: Desk, newcomer: Member) -> None:
    company.alice.rest.invite(company.slug, newcomer.rest)
    project = create_project(company, "Harbour Light")
    desk.expect("404")
    page = desk.open(newcomer, f"/o/{company.slug}/projects/")

    expect(page.get_by_role("heading", name="No projects yet")).to_be_visible()
    expect(page.locator(".sidebar__section")).to_have_count(0)
    answer = page.goto(f"/projects/{project}/")
    assert answer is not None and answer.status == 404


def test_a_project_is_made_without_scripts(company: Company, desk: Desk) -> None:
    page = desk.open(company.alice, f"/o/{company.slug}/projects/new/", java_script_enabled=False)

    page.get_by_label("Name", exact=True).fill("Harbour Light")
    page.get_by_role("textbox", name="Add people (optional)").fill("bo")
    page.get_by_role("button", name="Search", exact=True).last.click()
    page.get_by_role("checkbox", name="Bob").check()
    press(page, "Create project")

    expect(page.get_by_role("heading", name="Harbour Light", level=1)).to_be_visible()
    expect(page.locator("#main").get_by_text("Bob", exact=True)).to_be_visible()


def test_the_pages_fit_a_phone(company: Company, desk: Desk) -> None:
    project = create_project(company, "Harbour Light " * 5)
    page = desk.open(company.alice, **PHONE | {"viewport": {"width": 320, "height": 700}})
    for path in ("", "settings/", "settings/members/", "settings/columns/", "settings/labels/"):
        page.goto(f"/projects/{project}/{path}")
        expect(page.locator("html[data-connection=up]")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport()
    crushed = ".project-settings__nav a", "links => links.filter(link => link.scrollWidth > link.clientWidth).length"
    assert page.eval_on_selector_all(*crushed) == 0
