"""Parse conversations written as plain text.

== 12 days ago 09:05            a scene; days are working days, `90 minutes ago` is said too
alice: Who has the key?         a message
tomas ^ +7: I do.               `^` replies to the line before, `^2` to the one before that; 7 minutes later
tomas > +7: I do.               `>` replies in the thread of the line before, `>2` in that of the one before that;
                                lines in threads are not counted
  Under the plant.              indented lines belong to the message above
~ Under the plant again.        ... which was then edited to say this
x                               ... or deleted
+ 👍 alice tomas                ... or answered with an emoji by these
! alice                         ... or pinned by her
* alice tomas                   ... or saved by these
@ berths.png: Five berths       ... or shows this file of `chat/demo/files.py`, with what it shows
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

SPEECH = re.compile(r"(?P<speaker>[a-z]+)(?: (?P<mark>[\^>])(?P<back>\d*))?(?: \+(?P<later>\d+))?:(?: (?P<text>.*))?")
FILE = re.compile(r"@ (?P<name>\S+):(?: (?P<alt_text>.*))?")
DAYS_AGO = re.compile(r"(\d+) days ago (\d\d):(\d\d)")
MINUTES_AGO = re.compile(r"(\d+) minutes ago")


@dataclass(slots=True)
class Line:
    """A message of a scene. `later` counts minutes since the one before, `back` lines of the room up to the one that it
    answers, in the thread of that one where `in_thread`.

    `reactions` are pairs of an emoji and a username, `saved_by` usernames, `files` pairs of a name and what it shows.
    """

    speaker: str
    text: str
    back: int | None = None
    later: int | None = None
    edited_to: str | None = None
    deleted: bool = False
    reactions: list[tuple[str, str]] = field(default_factory=list)
    pinned_by: str | None = None
    saved_by: list[str] = field(default_factory=list)
    in_thread: bool = False
    files: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """An uninterrupted conversation. `heading` says when it takes place, or is empty."""

    heading: str
    lines: list[Line] = field(default_factory=list)

    def starts_at(self, now: datetime) -> datetime:
        """Return when the scene begins. Raise ValueError for a heading that names no time."""
        if match := MINUTES_AGO.fullmatch(self.heading):
            return now - timedelta(minutes=int(match[1]))
        if match := DAYS_AGO.fullmatch(self.heading):
            days, hour, minute = map(int, match.groups())
            return working_day(now, days).replace(hour=hour, minute=minute)
        raise ValueError(f"When is {self.heading!r}?")


def read_scenes(path: Path) -> list[Scene]:
    """Return the scenes of a file in the order written."""
    return list(_parse_scenes(path.read_text(encoding="utf-8").splitlines()))


def working_day(now: datetime, days: int) -> datetime:
    """Return midnight of the day that many working days before `now`."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    while days or day.weekday() > 4:
        day -= timedelta(days=1)
        if days and day.weekday() < 5:
            days -= 1
    return day


def _parse_scenes(rows: list[str]) -> Iterator[Scene]:
    scene: Scene | None = None
    for row in rows:
        if row.startswith("=="):
            if scene:
                yield _strip_lines(scene)
            scene = Scene(row.removeprefix("==").strip())
        elif scene is None:
            raise ValueError(f"{row!r} stands before the first scene.")
        else:
            _parse_row(row, scene.lines)
    if scene:
        yield _strip_lines(scene)


def _parse_row(row: str, lines: list[Line]) -> None:
    if not row.strip() or row.startswith("  "):
        if lines:
            lines[-1].text += "\n" + row[2:]
    elif row == "x":
        lines[-1].deleted = True
    elif row.startswith("~ "):
        lines[-1].edited_to = row[2:]
    elif row.startswith("+ "):
        emoji, *people = row[2:].split()
        lines[-1].reactions += [(emoji, person) for person in people]
    elif row.startswith("! "):
        lines[-1].pinned_by = row[2:].strip()
    elif row.startswith("* "):
        lines[-1].saved_by += row[2:].split()
    elif match := FILE.fullmatch(row):
        lines[-1].files.append((match["name"], match["alt_text"] or ""))
    elif match := SPEECH.fullmatch(row):
        back, later = match["back"], match["later"]
        lines.append(
            Line(
                match["speaker"],
                match["text"] or "",
                back=None if back is None else int(back or 1),
                later=int(later) if later else None,
                in_thread=match["mark"] == ">",
            )
        )
    else:
        raise ValueError(f"Nobody says {row!r}.")


def _strip_lines(scene: Scene) -> Scene:
    for line in scene.lines:
        line.text = line.text.strip()
    return scene
