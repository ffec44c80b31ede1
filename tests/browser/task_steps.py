"""A project in the browser, and the rows of its tasks."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Company, Desk, Member
from tests.browser.steps import assert_online


class Plan:
    """A project of a company, and what is done with it over REST."""

    def __init__(self, company: Company) -> None:
        self.rest = company.alice.rest
        body = {"name": "Harbour", "key": "HAR", "member_ids": [company.bob.id]}
        self.id = str(self.rest.ask("POST", f"/orgs/{company.slug}/projects", body)["id"])
        self.columns = {
            each["name"]: each["id"] for each in self.rest.ask("GET", f"/projects/{self.id}/columns")["items"]
        }

    def add(self, *titles: str, **fields: Any) -> list[str]:
        items = [{"title": title} | fields for title in titles]
        answer = self.rest.ask("POST", f"/projects/{self.id}/tasks/bulk", {"items": items})
        return [str(task["id"]) for task in answer["items"]]

    def read(self, task_id: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.rest.ask("GET", f"/tasks/{task_id}")
        return answer


def open_task(desk: Desk, who: Member, task: str, **options: Any) -> Page:
    page = desk.open(who, f"/tasks/{task}/", **options)
    assert_online(page)
    return page


def row(page: Page, title: str) -> Locator:
    return page.locator("[data-task]", has=page.get_by_role("link", name=title, exact=True))


def pick(page: Page, name: str) -> None:
    page.locator("#task-menu").get_by_role("menuitemradio", name=name).click()
