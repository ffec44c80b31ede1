"""Tasks and messages name each other: a message becomes a task, a key a link, comments stand in the channel too."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import Company, Desk, screenshot
from tests.browser.steps import assert_message_text, choose, composer, message, send_message

OpenRoom = Callable[..., Page]


@pytest.fixture
def project(company: Company) -> dict[str, Any]:
    body = {"name": "Harbour Light", "key": "HL", "member_ids": [company.bob.id]}
    answer: dict[str, Any] = company.alice.rest.ask("POST", f"/orgs/{company.slug}/projects", body)
    return answer


def add_task(company: Company, project: dict[str, Any], title: str, **fields: Any) -> dict[str, Any]:
    path = f"/projects/{project['id']}/tasks"
    answer: dict[str, Any] = company.alice.rest.ask("POST", path, {"title": title, **fields})
    return answer


def test_a_message_becomes_a_task_and_each_leads_to_the_other(
    company: Company, open_room: OpenRoom, project: dict[str, Any]
) -> None:
    alice, bob = open_room(company.alice, project["id"]), open_room(company.bob, project["id"])
    send_message(bob, "The light of the pier blinks")
    assert_message_text(alice, "The light of the pier blinks")

    choose(alice, "The light of the pier blinks", "Create task")

    for page in (alice, bob):
        expect(message(page, "The light of the pier blinks").locator(".task-chip")).to_contain_text(
            re.compile(r"HL-1\s*The light of the pier blinks")
        )
    expect(alice.locator(".task-card")).to_contain_text("New task")
    screenshot(alice, "task-of-message")
    alice.locator(".task-chip").click()
    back = alice.locator("task-comments .task-comments__origin a")
    expect(back).to_contain_text("The light of the pier blinks")
    screenshot(alice, "task-with-origin")
    back.click()
    expect(alice.locator(".feed__item[data-target]")).to_contain_text("The light of the pier blinks")


def test_a_message_of_no_project_asks_for_one(
    company: Company, open_room: OpenRoom, project: dict[str, Any], desk: Desk
) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    send_message(alice, "Paint the pier")
    choose(alice, "Paint the pier", "Create task")

    dialog = alice.get_by_role("dialog", name="Create task")
    expect(dialog.get_by_label("Title")).to_have_value("Paint the pier")
    assert axe_says(alice) == ""
    screenshot(alice, "task-of-message-dialog")
    dialog.get_by_label("Project").select_option("Harbour Light")
    dialog.get_by_role("button", name="Create task").click()

    expect(message(alice, "Paint the pier").locator(".task-chip")).to_contain_text("HL-1")


def test_a_command_creates_a_task(company: Company, open_room: OpenRoom, project: dict[str, Any]) -> None:
    alice = open_room(company.alice, project["id"])

    composer(alice).fill("/task Mend the light !high")
    composer(alice).press("Enter")

    expect(alice.locator(".command-notice").get_by_role("link", name="HL-1 Mend the light")).to_be_visible()
    card = alice.locator(".task-card")
    expect(card).to_contain_text(re.compile(r"New task\s*HL-1\s*Mend the light"))


def test_a_key_is_a_link_that_follows_the_task(
    company: Company, open_room: OpenRoom, project: dict[str, Any], desk: Desk
) -> None:
    task = add_task(company, project, "Mend the light")
    alice, bob = open_room(company.alice, project["id"]), open_room(company.bob, project["id"])
    send_message(alice, "See HL-1, not `HL-1`, nor HL-99")

    for page in (alice, bob):
        link = page.locator(".message__body .task-link")
        expect(link).to_have_count(1)
        expect(link).to_contain_text(re.compile(r"HL-1\s*Mend the light\s*Pending"))
        expect(page.locator(".message__body code")).to_have_text("HL-1")
    company.alice.rest.ask("PUT", f"/tasks/{task['id']}/completion")
    company.alice.rest.ask("PATCH", f"/tasks/{task['id']}", {"title": "Varnish"})
    for page in (alice, bob):
        expect(page.locator(".message__body .task-link")).to_contain_text(re.compile(r"HL-1\s*Varnish\s*Completed"))
        expect(page.locator(".task-card")).to_contain_text(re.compile(r"Task completed\s*HL-1\s*Varnish"))
    screenshot(bob, "task-reference")
    company.alice.rest.ask("DELETE", f"/tasks/{task['id']}")
    expect(alice.locator(".message__body .task-link")).to_have_count(0)
    expect(message(alice, "See HL-1, not")).to_have_count(0)


def test_who_does_not_see_a_project_reads_a_key_as_it_is_written(
    company: Company, open_room: OpenRoom, project: dict[str, Any]
) -> None:
    hidden = company.alice.rest.ask("POST", f"/orgs/{company.slug}/projects", {"name": "Secret", "key": "SEC"})
    add_task(company, hidden, "Buy the rival")
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    send_message(alice, "About SEC-1")

    expect(alice.locator(".message__body .task-link")).to_contain_text("Buy the rival")
    assert_message_text(bob, "About SEC-1")
    send_message(bob, "And HL-1?")
    expect(bob.locator(".message__body .task-link")).to_have_count(0)
    assert "Buy the rival" not in bob.content()


def test_a_comment_on_a_task_is_a_reply_in_the_channel(
    company: Company, open_room: OpenRoom, project: dict[str, Any], desk: Desk
) -> None:
    task = add_task(company, project, "Mend the light")
    bob = open_room(company.bob, project["id"])
    alice = desk.open(company.alice, f"/tasks/{task['id']}/")
    expect(alice.get_by_text("No comments yet.")).to_be_visible()

    alice.get_by_label("Write a comment").fill("Which *colour*?")
    alice.get_by_role("button", name="Comment", exact=True).click()
    expect(alice.locator("task-comments .feed__item")).to_contain_text("Which colour?")
    expect(alice.get_by_label("Write a comment")).to_have_value("")

    bob.locator(".feed__item", has=bob.locator(".task-card")).locator(".thread-link").click()
    expect(bob.locator("#panel")).to_contain_text("Which colour?")
    screenshot(bob, "card-thread")
    bob.locator("#panel room-composer textarea").fill("Blue, see HL-1")
    bob.locator("#panel room-composer textarea").press("Enter")
    expect(alice.locator("task-comments .feed__item").last).to_contain_text("Blue, see HL-1 Mend the light")
    screenshot(alice, "task-comments")


def test_tasks_and_rooms_are_completed(company: Company, open_room: OpenRoom, project: dict[str, Any]) -> None:
    add_task(company, project, "Mend the light")
    alice = open_room(company.alice, project["id"])

    composer(alice).press_sequentially("See #light")
    expect(alice.get_by_role("option")).to_have_text([re.compile("HL-1.*Mend the light"), "#Harbour Light · general"])
    screenshot(alice, "task-completion")
    composer(alice).press("Tab")
    expect(composer(alice)).to_have_value("See HL-1 ")


def test_a_card_is_no_news_to_who_has_read_all(company: Company, open_room: OpenRoom, project: dict[str, Any]) -> None:
    room = company.open_room("design")
    bob = open_room(company.bob, room)
    link = bob.locator(f'#sidebar .nav-link[data-room="{project["id"]}"]')
    expect(link).to_be_visible()

    add_task(company, project, "Mend the light")
    company.alice.say(project["id"], "Morning")
    expect(link).to_have_attribute("data-unread", "1")
    add_task(company, project, "Varnish")
    expect(link).to_have_attribute("data-unread", "2")


def test_the_switcher_and_the_search_find_tasks(company: Company, open_room: OpenRoom, project: dict[str, Any]) -> None:
    task = add_task(company, project, "Mend the light")
    alice = open_room(company.alice, company.open_room("design"))

    alice.keyboard.press("Control+k")
    alice.locator("#switcher input").fill("HL-1")
    option = alice.locator("#switcher").get_by_role("option", name=re.compile("HL-1 Mend the light"))
    expect(option).to_be_visible()
    screenshot(alice, "task-switcher")
    alice.goto(f"/o/{company.slug}/search/?q=mend")
    expect(alice.get_by_role("heading", name="Tasks")).to_be_visible()
    screenshot(alice, "task-search")
    alice.get_by_role("link", name=re.compile("HL-1 Mend the light")).click()
    expect(alice).to_have_url(re.compile(f"/tasks/{task['id']}/"))
