"""A task in the panel beside its board, and boards on phones, for assistive technology and for strangers."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.board_steps import BoardProject, card, expect_cards, open_board
from tests.browser.conftest import PHONE, Company, Desk, Member, screenshot


def test_two_who_change_a_field_at_once_are_asked(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    page = open_board(desk, company.alice, project)
    card(page, "Paint").get_by_role("link").click()
    title = page.locator("#panel").get_by_label("Title", exact=True)
    title.fill("Varnish")
    task = page.locator("task-details").get_attribute("data-task")

    company.bob.rest.ask("PATCH", f"/tasks/{task}", {"title": "Sand"})
    # What is typed stays and is not saved before it is left, though the card shows what the other has written.
    expect_cards(page, "To do", "Sand")
    expect(title).to_have_value("Varnish")
    desk.expect("409")
    title.press("Enter")

    conflict = page.locator("[data-conflict]")
    expect(conflict).to_contain_text("Bob has changed this meanwhile to: Sand")
    screenshot(page, "board-conflict")
    conflict.get_by_role("button", name="Keep mine").click()
    expect_cards(page, "To do", "Varnish")
    expect(conflict).to_be_hidden()


def test_a_task_is_changed_field_by_field_in_the_panel(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    page = open_board(desk, company.alice, project)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")

    panel.get_by_label("Priority").select_option("high")
    expect(card(page, "Paint")).to_contain_text("High")
    panel.get_by_label("Column").select_option(label="In progress")
    expect_cards(page, "In progress", "Paint")
    panel.locator("#task-assignees").click()
    panel.get_by_role("checkbox", name="Bob").check()
    expect(card(page, "Paint").get_by_role("img", name="Bob")).to_be_visible()
    panel.get_by_label("Estimate").fill("1h 30m")
    panel.get_by_label("Estimate").press("Enter")
    panel.get_by_label("Due", exact=True).fill("2020-01-02")
    expect(card(page, "Paint")).to_contain_text("Overdue since")

    panel.get_by_role("button", name="Edit", exact=True).click()
    panel.get_by_label("Description, in Markdown").fill("It is **blue**.")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel.locator(".task-details__text strong")).to_have_text("blue")

    panel.get_by_label("Add a sub-task").fill("Sand it")
    panel.get_by_label("Add a sub-task").press("Enter")
    panel.get_by_role("checkbox", name="Sand it").check()
    expect(card(page, "Paint")).to_contain_text("1/1")
    panel.get_by_text("History").click()
    expect(panel.locator(".task-history")).to_contain_text("estimated it at 1 h 30 min")
    screenshot(page, "board-panel")

    page.goto(f"/tasks/{page.locator('task-details').get_attribute('data-task')}/")
    expect(page.get_by_label("Estimate")).to_have_value("1 h 30 min")
    page.get_by_role("button", name="Delete task").click()
    page.wait_for_url("**/board/")
    expect_cards(page, "In progress")
    page.get_by_role("button", name="Undo").click()
    expect_cards(page, "In progress", "Paint")


def test_a_finger_moves_a_card_after_a_moment_and_scrolls_before(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint", "Rig")
    page = open_board(desk, company.alice, project, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paint, rig = card(page, "Paint").bounding_box(), card(page, "Rig").bounding_box()
    assert paint
    assert rig
    touch = page.context.new_cdp_session(page)

    def point(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    point("touchStart", rig["x"] + 40, rig["y"] + 20)
    expect(page.locator(".task-ghost")).to_be_visible()
    for y in (rig["y"], paint["y"] + 20, paint["y"] + 4):
        point("touchMove", rig["x"] + 40, y)
    expect(page.locator(".drop-line")).to_be_visible()
    point("touchEnd", 0, 0)

    expect_cards(page, "To do", "Rig", "Paint")
    screenshot(page, "board-phone")
    card(page, "Rig").get_by_role("link").tap()
    expect(page.locator("#panel task-details")).to_be_visible()
    screenshot(page, "task-phone")


def test_a_board_and_its_panel_are_accessible(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company)
    label = company.alice.rest.ask("POST", f"/projects/{project.id}/labels", {"name": "hull", "color": "teal"})
    columns = list(project.column_ids().values())
    for n in range(12):
        project.add(
            f"Paint the boat number {n} before the season begins",
            column_id=columns[n % 3],
            label_ids=[label["id"]],
            assignee_ids=[company.alice.id, company.bob.id][: n % 3],
            priority=["none", "low", "medium", "high", "urgent"][n % 5],
            due_date=["2020-01-02", None, "2099-05-04"][n % 3],
        )
    page = open_board(desk, company.alice, project)
    assert axe_says_in_both_themes(page) == ""
    page.locator(".task__title").first.click()
    expect(page.locator("#panel task-details")).to_be_visible()
    assert axe_says_in_both_themes(page) == ""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        screenshot(page, f"board-{scheme}")
    narrow = open_board(desk, company.alice, project, viewport={"width": 320, "height": 700}, locale="de-DE")
    assert narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(narrow, "board-narrow")


def test_strangers_find_no_board_and_no_task(company: Company, desk: Desk, newcomer: Member) -> None:
    project = BoardProject.of(company, "Paint")
    task = project.add("Rig")[0]["id"]
    desk.expect("404")

    for path in (f"/projects/{project.id}/board/", f"/tasks/{task}/"):
        page = desk.open(newcomer)
        answer = page.goto(path)
        assert answer
        assert answer.status == 404


def test_back_closes_the_panel_and_stays_on_the_board(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    page = open_board(desk, company.alice, project)
    card(page, "Paint").get_by_role("link").click()
    expect(page.locator("#panel task-details")).to_be_visible()
    page.go_back()
    expect(page.locator("#panel task-details")).to_have_count(0)
    expect_cards(page, "To do", "Paint")

    # Closed by its button it leaves nothing behind in the history.
    card(page, "Paint").get_by_role("link").click()
    page.locator("#panel [data-panel-close]").click()
    expect(page.locator("#panel task-details")).to_have_count(0)
    page.wait_for_function("!history.state?.isOverlay")


def test_the_first_task_takes_the_note_of_an_empty_board_away(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company)
    page = open_board(desk, company.alice, project)
    expect(page.locator(".board__note")).to_be_visible()
    page.get_by_role("button", name="Add a task", exact=True).click()
    page.locator("#quick-add-text").fill("Paint")
    page.keyboard.press("Enter")
    expect_cards(page, "To do", "Paint")
    expect(page.locator(".board__note")).to_have_count(0)


def test_the_triage_and_the_calendar_take_new_tasks(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company)
    page = open_board(desk, company.alice, project)
    for tab in ("triage", "calendar"):
        page.goto(f"/projects/{project.id}/{tab}/")
        page.get_by_role("button", name="New task").first.click()
        page.locator("#quick-add-text").fill(f"Rig for the {tab}")
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-task] :text('Rig for the {tab}')")).to_be_visible()


def test_an_open_project_is_joined_from_its_board(company: Company, desk: Desk) -> None:
    body = {"name": "Open", "key": "OPN", "visibility": "organisation"}
    project = company.alice.rest.ask("POST", f"/orgs/{company.slug}/projects", body)
    page = desk.open(company.bob, f"/projects/{project['id']}/board/")
    page.get_by_role("button", name="Join", exact=True).click()
    page.goto(f"/projects/{project['id']}/board/")
    expect(page.get_by_role("button", name="New task")).to_be_visible()


def test_a_phone_shows_filters_without_scrolling_the_page_sideways(company: Company, desk: Desk) -> None:
    project = BoardProject.of(company, "Paint")
    page = desk.open(company.alice, f"/projects/{project.id}/list/", **PHONE)
    expect(page.locator(".filter-bar")).to_be_visible()
    offset = page.locator(".filter-bar__reverse input").evaluate("each => each.offsetParent.className")
    assert offset == "filter-bar"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
