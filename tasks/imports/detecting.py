"""Tell of which format a file is."""

from __future__ import annotations

import re
from pathlib import Path

from tasks.imports.readers.files import is_archive, list_members
from tasks.imports.readers.vikunja import DATA
from tasks.imports.reading import Kind

# Of a file, in which its format shows.
BEGINNING = 4096
TODOIST = re.compile(rb"\W*TYPE\W{1,3}CONTENT\W")


def detect_kind(path: Path) -> Kind:
    """Return the format that a file seems to have; whether it does shows when it is read."""
    if is_archive(path):
        return "vikunja" if DATA in list_members(path) else "todoist"
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return "trello"
    return "todoist" if TODOIST.match(beginning) else "csv"
