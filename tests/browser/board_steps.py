"""What people do and see at a board, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Company, Desk, Member
from tests.browser.steps import assert_online


@dataclass
class BoardProject:
    """A project of Alice and Bob, with the columns that a new one has."""

    id: str
    key: str
    company: Company

    @classmethod
    def of(cls, company: Company, *titles: str) -> BoardProject:
        body = {"name": "Season", "key": "SEA", "member_ids": [company.bob.id]}
        project = company.alice.rest.ask("POST", f"/orgs/{company.slug}/projects", body)
        board = cls(project["id"], project["key"], company)
        board.add(*titles)
        return board

    def add(self, *titles: str, **fields: object) -> list[dict]:
        path = f"/projects/{self.id}/tasks"
        return [self.company.alice.rest.ask("POST", path, {"title": title, **fields}) for title in titles]

    def column_ids(self) -> dict[str, str]:
        columns = self.company.alice.rest.ask("GET", f"/projects/{self.id}/columns")["items"]
        return {column["name"]: column["id"] for column in columns}

    def stored(self, column: str) -> list[str]:
        """The titles in a column, as the server has them."""
        path = f"/projects/{self.id}/tasks?sort=position&column_id={self.column_ids()[column]}"
        return [task["title"] for task in self.company.alice.rest.ask("GET", path)["items"]]


def open_board(desk: Desk, who: Member, project: BoardProject, query: str = "", **options: Any) -> Page:
    page = desk.open(who, f"/projects/{project.id}/board/{query}", **options)
    await_board(page)
    return page


def await_board(page: Page) -> None:
    expect(page.locator("#board .board")).to_be_visible()
    assert_online(page)


def column(page: Page, name: str) -> Locator:
    return page.locator(".column", has=page.get_by_role("heading", name=name, exact=True))


def card(page: Page, title: str) -> Locator:
    return page.locator(".task[data-task]", has=page.get_by_role("link", name=title, exact=True))


def expect_cards(page: Page, name: str, *titles: str) -> None:
    """Wait until a column shows these cards, in this order, and counts them."""
    expect(column(page, name).locator(".task__title")).to_have_text(list(titles))
    expect(column(page, name).locator("[data-count]")).to_have_text(str(len(titles)))


def drag(page: Page, source: Locator, target: Locator, *, below: bool = False) -> None:
    """Drag by mouse in several moves, as a hand does, and drop above or below the middle of the target."""
    start, end = source.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
    height = end["height"]
    page.mouse.move(end["x"] + 60, end["y"] + (height - 4 if below else 4), steps=8)
    expect(page.locator(".task-ghost")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".task-ghost")).to_have_count(0)
