"""Read a task from one line: `Mend the light #harbour @bob !high tomorrow 14:00 ~2h`.

What is understood is taken out of the title; what is not, stays in it. A backslash before a word keeps the word.
Words are English and German, whatever the language of the user, for teams mix them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from lib.text.folding import fold_text

PRIORITIES = {
    **dict.fromkeys(("none", "keine"), 0),
    **dict.fromkeys(("low", "niedrig", "1"), 1),
    **dict.fromkeys(("medium", "mittel", "2"), 2),
    **dict.fromkeys(("high", "hoch", "3"), 3),
    **dict.fromkeys(("urgent", "dringend", "4"), 4),
}
NEAR = {"today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "overmorrow": 2, "ubermorgen": 2}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GERMAN_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
WEEKDAYS = {name: n for days in (_ENGLISH_DAYS, _GERMAN_DAYS) for n, name in enumerate(days)} | {"sonnabend": 5}
_ENGLISH_MONTHS = "january february march april may june july august september october november december"
_GERMAN_MONTHS = "januar februar marz april mai juni juli august september oktober november dezember"
MONTHS = {
    form: n
    for names in (_ENGLISH_MONTHS, _GERMAN_MONTHS)
    for n, name in enumerate(names.split(), start=1)
    for form in (name, name[:3])
} | {"sept": 9, "janner": 1}

ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
DAY_NUMBER = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?")
YEAR = re.compile(r"20\d\d")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
ESTIMATE = re.compile(r"~(?:(\d{1,6}(?:[.,]\d+)?)(?:h|std)\.?)?(?:(\d{1,6})(?:m|min)\.?)?", re.IGNORECASE)
FILLERS = frozenset({"on", "by", "due", "am", "bis"})
BEFORE_CLOCK = frozenset({"at", "um"})


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what a line may name: ids of labels and members by folded names."""

    labels: Mapping[str, UUID]
    people: Mapping[str, UUID]


@dataclass(slots=True)
class QuickTask:
    """A task as a line describes it. `estimate` is in seconds; `due_time` is by the clock of who writes."""

    title: str = ""
    label_ids: list[UUID] = field(default_factory=list)
    assignee_ids: list[UUID] = field(default_factory=list)
    priority: int | None = None
    due_date: date | None = None
    due_time: time | None = None
    estimate: int | None = None


def parse_quick_task(text: str, names: Names, *, today: date) -> QuickTask:
    """Return the task that a line describes. Of two days, priorities or estimates the last one counts."""
    task, kept = QuickTask(), list[str]()
    words = text.split()
    place = 0
    while place < len(words):
        word = words[place]
        taken = _take_mark(task, word, names) or _take_date(task, words, place, kept, today)
        if not taken:
            kept.append(word[1:] if word.startswith("\\") and len(word) > 1 else word)
        place += taken or 1
    task.title = " ".join(kept)
    return task


def fold_name(name: str) -> str:
    """Return a name as a line may write it: without case, accents and spaces."""
    return re.sub(r"[\s_-]+", "", fold_text(name))


def _take_mark(task: QuickTask, word: str, names: Names) -> int:
    """Take a word that begins with a sign; return how many words were taken."""
    sign, name = word[0], fold_name(word[1:].rstrip(",;"))
    if sign == "#" and (label_id := names.labels.get(name)):
        task.label_ids = [*dict.fromkeys([*task.label_ids, label_id])]
    elif sign == "@" and (user_id := names.people.get(name)):
        task.assignee_ids = [*dict.fromkeys([*task.assignee_ids, user_id])]
    elif sign == "!" and name in PRIORITIES:
        task.priority = PRIORITIES[name]
    elif sign == "~" and (seconds := _read_estimate(word)):
        task.estimate = seconds
    else:
        return 0
    return 1


def _read_estimate(word: str) -> int | None:
    match = ESTIMATE.fullmatch(word)
    if not match:
        return None
    hours = float((match[1] or "0").replace(",", "."))
    return min(round(hours * 3600) + int(match[2] or 0) * 60, 10**9)


def _take_date(task: QuickTask, words: list[str], place: int, kept: list[str], today: date) -> int:
    """Take a day with the time behind it, and with the `on` before it; return how many words were taken."""
    found = _read_day(words[place : place + 3], today)
    if found is None:
        return 0
    task.due_date, taken = found
    if kept and fold_text(kept[-1]) in FILLERS and len(kept) > 1:
        kept.pop()
    rest = words[place + taken : place + taken + 2]
    if len(rest) == 2 and fold_text(rest[0]) in BEFORE_CLOCK and (clock := _read_clock(rest[1])):
        task.due_time = clock
        return taken + 2
    if rest and (clock := _read_clock(rest[0])):
        task.due_time = clock
        return taken + 1
    return taken


def _read_day(words: list[str], today: date) -> tuple[date, int] | None:
    """Return the day that words begin with, and how many of them say so."""
    first = fold_text(words[0]).rstrip(",")
    if first in NEAR:
        return today + timedelta(days=NEAR[first]), 1
    if first in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS[first] - today.weekday() - 1) % 7 + 1), 1
    if match := ISO_DAY.fullmatch(first):
        return _build_day(int(match[1]), int(match[2]), int(match[3]), 1)
    if match := DOTTED_DAY.fullmatch(first):
        return _choose_year(int(match[2]), int(match[1]), match[3], today, 1)
    if len(words) < 2:
        return None
    second = fold_text(words[1]).rstrip(",.")
    if second in MONTHS and (match := DAY_NUMBER.fullmatch(first)):
        month, day = MONTHS[second], int(match[1])
    elif first.rstrip(".") in MONTHS and (match := DAY_NUMBER.fullmatch(second)):
        month, day = MONTHS[first.rstrip(".")], int(match[1])
    else:
        return None
    year = words[2].rstrip(",") if len(words) > 2 and YEAR.fullmatch(words[2].rstrip(",")) else None
    return _choose_year(month, day, year, today, 3 if year else 2)


def _choose_year(month: int, day: int, year: str | None, today: date, taken: int) -> tuple[date, int] | None:
    """Return a day of a year; where none is named, the next one that is not past."""
    if year:
        return _build_day(int(year), month, day, taken)
    # A 29 February can be eight years away.
    for each in range(today.year, today.year + 9):
        found = _build_day(each, month, day, taken)
        if found and found[0] >= today:
            return found
    return None


def _build_day(year: int, month: int, day: int, taken: int) -> tuple[date, int] | None:
    try:
        return date(year, month, day), taken
    except ValueError:
        return None


def _read_clock(word: str) -> time | None:
    match = CLOCK.fullmatch(word.rstrip(","))
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))
