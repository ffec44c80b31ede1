"""What is in the database of both products before anything is measured."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

PEOPLE = 1000
BROWSERS = 20
# Name: how many people are in it, how many messages it holds.
ROOMS = {
    "ten": (10, 0),
    "hundred": (100, 0),
    "two-hundred": (200, 0),
    "thousand": (1000, 0),
    "archive": (10, 100_000),
}
REPLIES = 200
# Projects by how many tasks they have, among the first of `people`; every task has an assignee and a label or two.
SMALL_PROJECT, LARGE_PROJECT = 1_000, 10_000
PROJECT_MEMBERS, LABELS, MOVED_TASKS = 10, 8, 100


@dataclass(frozen=True, slots=True)
class Board:
    """Ids of the two projects, of one of their assignees, and of the small one's columns and of tasks in these."""

    small: str
    large: str
    assignee: str
    columns: list[str]
    tasks: list[str]


@dataclass(frozen=True, slots=True)
class World:
    """What the load generator has to know: ids of rooms, and the header line that each person signs in with.

    A room's members are the first of `people`; `browser` is the first one's session cookie, `browsers` those of the
    first few. `thread` is the message of the archive that has `REPLIES`.
    """

    rooms: dict[str, str]
    people: list[str]
    browser: str
    browsers: list[str] = field(default_factory=list)
    thread: str = ""
    board: Board | None = None

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> World:
        given = json.loads(text)
        board = given.pop("board", None)
        return cls(**given, board=Board(**board) if board else None)
