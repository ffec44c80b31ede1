"""Read a task from one line: `Mend the light #harbour @bob !high tomorrow 14:00 ~2h`.

What is understood is taken out of the title; what is not, stays in it. Words with a sign count anywhere, a day and a
time only at the end, for "today" in the middle belongs to a sentence. A backslash before a word keeps the word.
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
# The short forms that are no other words; "sat" and "sun" only behind a word such as "on".
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
AMBIGUOUS_DAYS = {"sat": 5, "sun": 6}
UNITS = {"day": 1, "days": 1, "tag": 1, "tagen": 1, "week": 7, "weeks": 7, "woche": 7, "wochen": 7}
ONE = frozenset({"a", "one", "einem", "einer"})
NEXT_WEEK = frozenset({"next week", "nachste woche", "nachster woche"})
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
SMALL = re.compile(r"[1-9]\d{0,2}")
YEAR = re.compile(r"20\d\d")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
HALF_DAY_CLOCK = re.compile(r"(0?[1-9]|1[0-2])(?::([0-5]\d))?(am|pm)")
# `in 3 days at 14:00`, with a filler before it.
LONGEST_DATE = 6
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
    task = QuickTask()
    kept = [word for word in text.split() if not _take_mark(task, word, names)]
    _take_date(task, kept, today)
    task.title = " ".join(word[1:] if word.startswith("\\") and len(word) > 1 else word for word in kept)
    return task


def fold_name(name: str) -> str:
    """Return a name as a line may write it: without case, accents and spaces."""
    return re.sub(r"[\s_-]+", "", fold_text(name))


def _take_mark(task: QuickTask, word: str, names: Names) -> bool:
    """Take a word that begins with a sign; return whether it was taken."""
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
        return False
    return True


def _read_estimate(word: str) -> int | None:
    match = ESTIMATE.fullmatch(word)
    if not match:
        return None
    hours = float((match[1] or "0").replace(",", "."))
    return min(round(hours * 3600) + int(match[2] or 0) * 60, 10**9)


def _take_date(task: QuickTask, kept: list[str], today: date) -> None:
    """Take the day and the time that words end with, and the `on` before them."""
    for start in range(max(0, len(kept) - LONGEST_DATE), len(kept)):
        words = [fold_text(word).rstrip(",") for word in kept[start:]]
        has_filler = start > 1 and fold_text(kept[start - 1]) in FILLERS
        found = _read_day(words, today, has_filler=has_filler)
        if found is None:
            continue
        clock = _read_clock(words[found[1] :])
        if len(words) > found[1] and clock is None:
            continue
        task.due_date, task.due_time = found[0], clock
        del kept[start - 1 if has_filler else start :]
        return


def _read_day(words: list[str], today: date, *, has_filler: bool) -> tuple[date, int] | None:
    """Return the day that folded words begin with, and how many of them say so."""
    first = words[0]
    if first in NEAR:
        return today + timedelta(days=NEAR[first]), 1
    if first in WEEKDAYS or (has_filler and first in AMBIGUOUS_DAYS):
        weekday = (WEEKDAYS | AMBIGUOUS_DAYS)[first]
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), 1
    if " ".join(words[:2]) in NEXT_WEEK:
        return today + timedelta(days=7 - today.weekday()), 2
    if first == "in" and len(words) > 2 and words[2] in UNITS and (words[1] in ONE or SMALL.fullmatch(words[1])):
        count = 1 if words[1] in ONE else int(words[1])
        return today + timedelta(days=count * UNITS[words[2]]), 3
    if match := ISO_DAY.fullmatch(first):
        return _build_day(int(match[1]), int(match[2]), int(match[3]), 1)
    if match := DOTTED_DAY.fullmatch(first):
        return _choose_year(int(match[2]), int(match[1]), match[3], today, 1)
    if len(words) < 2:
        return None
    second = words[1].rstrip(".")
    if second in MONTHS and (match := DAY_NUMBER.fullmatch(first)):
        month, day = MONTHS[second], int(match[1])
    elif first.rstrip(".") in MONTHS and (match := DAY_NUMBER.fullmatch(second)):
        month, day = MONTHS[first.rstrip(".")], int(match[1])
    else:
        return None
    year = words[2] if len(words) > 2 and YEAR.fullmatch(words[2]) else None
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


def _read_clock(words: list[str]) -> time | None:
    """Return the time that words are, with or without an `at`; None for others."""
    word = (
        " ".join(words[1:] if words and words[0] in BEFORE_CLOCK else words).replace(" am", "am").replace(" pm", "pm")
    )
    if match := HALF_DAY_CLOCK.fullmatch(word):
        return time(int(match[1]) % 12 + (12 if match[3] == "pm" else 0), int(match[2] or 0))
    match = CLOCK.fullmatch(word)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))
