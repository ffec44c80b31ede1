"""What people type, and what must come of it: kept as data, so that a test of each door can ask for the same.

`input` is typed by a member of a room with ann, bob and mei. `html_has` and `html_lacks` are pieces of HTML, `links`
its targets in order, `mentions` the usernames it names, `content` what is stored.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ROWS: list[dict[str, Any]] = [
    row for name in ("typed.json", "typed_more.json") for row in json.loads((FOLDER / name).read_text())
]
# Parameters of a test, each named by its beginning.
INPUTS = [row["input"][:40] for row in ROWS]


class Links(HTMLParser):
    """The targets of the links in HTML, None for one without."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets.append(dict(attrs).get("href"))


def assert_html(row: dict[str, Any], html: str) -> None:
    """Compare HTML with what a row asks for."""
    for piece in row.get("html_has", ()):
        assert piece in html
    for piece in row.get("html_lacks", ()):
        assert piece not in html
    if "links" in row:
        assert Links(html).targets == row["links"]
