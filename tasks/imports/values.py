"""Read what people write into the cells of tables: days, durations, priorities, names of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from typing import Literal

from dateutil import parser

from accounts.models import User
from lib.text.folding import fold_text
from lib.text.time_zones import find_zone
from tasks.models import Status, Task

DateOrder = Literal["day", "month"]
MAX_SECONDS = 10**9

PRIORITIES = {
    Task.Priority.URGENT: "urgent highest blocker critical dringend hochste kritisch p0",
    Task.Priority.HIGH: "high major important hoch wichtig p1",
    Task.Priority.MEDIUM: "medium normal moderate mittel p2",
    Task.Priority.LOW: "low lowest minor trivial niedrig gering niedrigste p3",
    Task.Priority.NONE: "none no nopriority unset keine p4",
}
PRIORITY_BY_WORD = {word: priority for priority, words in PRIORITIES.items() for word in words.split()}
STATUS_WORDS = {
    Status.COMPLETED: (
        "done complete completed closed finished resolved shipped released canceled cancelled wontfix archive archived "
        "erledigt fertig abgeschlossen geschlossen umgesetzt"
    ),
    Status.IN_PROGRESS: (
        "progress doing started active review testing qa wip developing development arbeit bearbeitung lauft prufung "
        "test laufend begonnen"
    ),
}
STATUS_BY_WORD = {word: status for status, words in STATUS_WORDS.items() for word in words.split()}
# What tells that a column of done things is not meant: "not done", "to be reviewed".
NEGATIONS = frozenset(["not", "to", "ready", "for", "nicht", "bereit"])
DURATION = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*d\w*)?\s*(?:(\d+(?:[.,]\d+)?)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+)\s*s\w*)?",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d))?")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}")
# What is missing in a text comes from these: what differs was missing.
DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 2, 2, 1, 1))  # noqa: DTZ001
MONTHS = {"mai": "may", "okt": "oct", "dez": "dec", "mär": "mar", "mrz": "mar"}
WORKDAY = 8
# What Trello calls a colour, as it is called here.
TRELLO_COLORS = {
    **{"yellow": "amber", "purple": "violet", "sky": "blue", "lime": "teal", "black": "slate"},
    **{name: name for name in ("green", "orange", "red", "blue", "pink")},
}
NO = frozenset(("", "0", "false", "no", "nein", "n", "f", "none", "null"))


def parse_day(text: str, *, order: DateOrder, zone: tzinfo) -> date | datetime | None:
    """Return a day, or an aware time where there is one too; None for what is no complete date."""
    text = re.sub(r"[^\W\d_]{3}", lambda found: MONTHS.get(found[0].lower(), found[0]), text.strip()[:60])
    is_iso = re.match(r"\d{4}(-|\d{4}$)", text) is not None
    try:
        first, second = (
            parser.parse(text, default=default, dayfirst=order == "day" and not is_iso) for default in DEFAULTS
        )
        if first.date() != second.date() or not 1900 <= first.year <= 9000:
            return None
        if first.time() != second.time():
            return first.date()
        return (first if first.tzinfo else first.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def guess_date_order(texts: Iterable[str]) -> DateOrder | None:
    """Return whether the day or the month comes first; None where nothing tells."""
    for text in texts:
        if match := SLASHED.match(text.strip()):
            if int(match[1]) > 12 or "." in match[0]:
                return "day"
            if int(match[2]) > 12:
                return "month"
    return None


def has_ambiguous_dates(texts: Iterable[str]) -> bool:
    """Tell whether a text is a date whose day and month could be changed about."""
    return any(SLASHED.match(text.strip()) for text in texts)


def parse_duration(text: str, *, seconds_per_unit: int) -> int | None:
    """Return seconds: of `2h 30m`, of `2:30`, and of a bare number in units. None for what is no duration."""
    text = text.strip()
    if NUMBER.fullmatch(text):
        return min(round(_to_number(text) * seconds_per_unit), MAX_SECONDS)
    if match := CLOCK.fullmatch(text):
        return min(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0), MAX_SECONDS)
    match = DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (_to_number(part or "0") for part in match.groups())
    return min(round((days * WORKDAY + hours) * 3600 + minutes * 60 + seconds), MAX_SECONDS)


def parse_priority(text: str) -> int | None:
    """Return the priority that a word names; None for another one, and for a number, whose sense differs."""
    words = re.findall(r"[a-z0-9]+", fold_text(text))
    return next((int(PRIORITY_BY_WORD[word]) for word in words if word in PRIORITY_BY_WORD), None)


def guess_status(name: str) -> str:
    """Return the status that the name of a column tells."""
    words = re.findall(r"[a-z]+", fold_text(name))
    if words and words[0] in NEGATIONS:
        return Status.PENDING
    return next((STATUS_BY_WORD[word] for word in words if word in STATUS_BY_WORD), Status.PENDING)


def is_yes(text: str) -> bool:
    """Tell whether a cell says yes, by a word or by a date on which something was done."""
    return fold_text(text.strip()) not in NO


def split_list(text: str) -> list[str]:
    """Return the entries of a list that stands in one cell."""
    return [part for each in re.split(r"[,;\n]", text) if (part := each.strip())]


def choose_zone(actor: User) -> tzinfo:
    """Return the zone in which times without one are read, and their days counted."""
    return find_zone(actor.time_zone) or UTC


def clean_text(text: object) -> str:
    """Return a text that every database takes: without NUL and lone surrogates, with line feeds alone."""
    made = str(text if text is not None else "").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return made.encode("utf-8", "replace").decode("utf-8")


def _to_number(text: str) -> float:
    return float(text.replace(",", "."))
