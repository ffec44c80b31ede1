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

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> World:
        return cls(**json.loads(text))
