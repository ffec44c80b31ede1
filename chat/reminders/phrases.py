"""Read when a user wants to be reminded, and of what: "me tomorrow at 9 to water the plants", in English and German.

What is not one of these forms is unclear, and so is what could mean two things: "at 5", "next Friday", "12/1".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from lib.text.wall_times import next_monday

MORNING = time(9)
# Two letters would be words of their own: "so", "do".
WEEKDAYS = (
    ("monday", "mon", "montag"), ("tuesday", "tue", "dienstag"), ("wednesday", "wed", "mittwoch"),
    ("thursday", "thu", "donnerstag"), ("friday", "fri", "freitag"), ("saturday", "sat", "samstag", "sonnabend"),
    ("sunday", "sun", "sonntag"),
)  # fmt: skip
MONTHS = (
    ("january", "jan", "januar"), ("february", "feb", "februar"), ("march", "mar", "märz", "maerz"),
    ("april", "apr"), ("may", "mai"), ("june", "jun", "juni"), ("july", "jul", "juli"), ("august", "aug"),
    ("september", "sep", "sept"), ("october", "oct", "oktober", "okt"), ("november", "nov"),
    ("december", "dec", "dezember", "dez"),
)  # fmt: skip
DAY_NUMBERS = {name: number for number, names in enumerate(WEEKDAYS) for name in names}
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
DAYS_AHEAD = {"today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "übermorgen": 2, "uebermorgen": 2}
UNITS = {
    "minutes": ("m", "min", "mins", "minute", "minutes", "minuten"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"),
    "days": ("d", "day", "days", "tag", "tage", "tagen"),
    "weeks": ("w", "week", "weeks", "woche", "wochen"),
}
UNIT_NAMES = {name: unit for unit, names in UNITS.items() for name in names}
ONE = {"a": 1, "an": 1, "one": 1, "einer": 1, "einem": 1, "ein": 1}


class Phrase(NamedTuple):
    """What a text asks for: an instant, or a time of the reader's wall clock without a zone; and the note."""

    moment: datetime
    note: str


def _join_names(names: object) -> str:
    return "|".join(sorted(names, key=len, reverse=True))  # type: ignore[call-overload]


CLOCK = r"(?P<hour>\d{1,2})(?:(?P<separator>[:.])(?P<minute>\d\d))?\s*(?P<suffix>am|pm|uhr|o['’]clock|h)?"
AT = rf"(?:at|um)\s+{CLOCK}"
AMOUNT = rf"(\d{{1,4}}|{_join_names(ONE)})\s*({_join_names(UNIT_NAMES)})"
DAYS = {
    "ahead": rf"(?P<ahead>{_join_names(DAYS_AHEAD)})",
    "week": r"(?:next\s+week|nächste\s+woche|naechste\s+woche)",
    "weekday": rf"(?:on\s+|am\s+)?(?P<weekday>{_join_names(DAY_NUMBERS)})",
    "iso": r"(?:on\s+|am\s+)?(?P<iso>\d{4}-\d\d-\d\d)",
    "numbers": r"(?:am\s+)?(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})(?:\.(?P<year>\d{4})?)?",
    "named": rf"(?:on\s+|am\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<month>{_join_names(MONTH_NUMBERS)})",
    "month": rf"(?:on\s+)?(?P<month>{_join_names(MONTH_NUMBERS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
}
FORMS = (
    ("half", r"in\s+(?:half\s+an\s+hour|einer\s+halben\s+stunde)"),
    ("span", rf"in\s+{AMOUNT}(?:(?:\s+(?:and|und))?\s+{AMOUNT})?"),
    *((name, rf"{day}(?:\s*,?\s+{AT})?") for name, day in DAYS.items()),
    *((name, rf"{AT}\s+{day}") for name, day in DAYS.items()),
    ("clock", AT),
)
PATTERNS = [(name, re.compile(rf"{form}(?![\w/]|[:.]\d)", re.IGNORECASE)) for name, form in FORMS]
RECIPIENT = re.compile(r"(?:me|mich|mir)\b[\s,]*", re.IGNORECASE)
# What stands between the time and the note, and before a note that the time follows.
BEFORE_NOTE = re.compile(r"\s*[,:–-]?\s*(?:(?:to|that|about|of|an|daran|dass|zu)\b[\s,:]*)?", re.IGNORECASE)
NOTE_FIRST = re.compile(r"(?:to|that|about|of|an|daran|dass)\b[\s,:]*", re.IGNORECASE)
# More about the time, which nobody here understands.
VAGUE = (
    "or", "and", "oder", "und", "at", "um", "on", "am", "every", "each", "jeden", "jede", "jedes", "next", "nächsten",
    "nächster", "early", "late", "früh", "morning", "noon", "afternoon", "evening", "night", "midnight", "mittag",
    "mittags", "nachmittag", "nachmittags", "vormittag", "vormittags", "abend", "abends", "morgens", "nachts",
    "sharp", "before", "after", "until", "till", "from", "since", "by", "vor", "nach", "bis", "von", "seit", "ab",
    "if", "when", "wenn", "sobald", "this", "diesen", "past",
)  # fmt: skip
TIME_WORDS = frozenset({*VAGUE, *DAYS_AHEAD, *DAY_NUMBERS, *MONTH_NUMBERS})


def read_phrase(text: str, *, now: datetime, zone: tzinfo) -> Phrase | None:
    """Return when and of what a text asks to be reminded, None where it is unclear.

    `now` is aware; days are those of `zone`. What is counted from now is an instant, all else a time of the wall clock;
    without a time of day it is nine in the morning, and a time of day alone is the next one. The moment may be past.
    """
    text = " ".join(text.split()).rstrip(".!")
    recipient = RECIPIENT.match(text)
    text = text[recipient.end() :] if recipient else text
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S", text)]
    for start in starts:
        found = _read_moment(text[start:], now, zone, is_whole=start > 0)
        note = _cut_note_before(text[:start]) if start else _cut_note_after(text[found[1] :]) if found else None
        if found and note is not None:
            return Phrase(found[0], note)
    return None


def _read_moment(text: str, now: datetime, zone: tzinfo, *, is_whole: bool) -> tuple[datetime, int] | None:
    """Return the moment that a text begins with, or `is_whole`, and where it ends: the longest of what is possible."""
    ends = [
        (match.end(), name, match)
        for name, pattern in PATTERNS
        if (match := pattern.fullmatch(text) if is_whole else pattern.match(text))
    ]
    if not ends:
        return None
    end, name, match = max(ends, key=lambda each: each[0])
    moment = READERS[name](match, now, zone)
    return (moment, end) if moment else None


def _cut_note_after(text: str) -> str | None:
    """Return the note of what follows the time, None where it says more about the time."""
    separator = BEFORE_NOTE.match(text)
    note = text[separator.end() :].strip() if separator else text
    first = re.match(r"[\w'’]+", note)
    is_time = text[:1].strip() == "" and first and (first[0].lower() in TIME_WORDS or first[0][0].isdigit())
    return None if is_time and not _has_word(text) else note


def _cut_note_before(text: str) -> str | None:
    """Return the note of what precedes the time, None where there is none or it leads to another time."""
    start = NOTE_FIRST.match(text)
    note = text[start.end() :].strip(" ,") if start else ""
    return note if note and note.split()[-1].lower() not in TIME_WORDS else None


def _read_clock(match: re.Match[str]) -> time | None:
    """Return the time of day, nine where none is said. None where there is no such time, or it could be two."""
    if match["hour"] is None:
        return MORNING
    hour, minute, suffix = int(match["hour"]), int(match["minute"] or 0), (match["suffix"] or "").lower()
    if suffix in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if suffix == "pm" else 0)
    elif match["minute"] is None and suffix != "uhr" and 1 <= hour <= 6:
        return None  # in the morning, or in the afternoon?
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _build_moment(day: date | None, match: re.Match[str]) -> datetime | None:
    clock = _read_clock(match)
    return datetime.combine(day, clock) if day and clock else None


def _has_word(text: str) -> bool:
    """Tell whether a word such as "to" stands between the time and the note."""
    return NOTE_FIRST.match(text.lstrip(" ,:–-")) is not None


def _read_half(_match: re.Match[str], now: datetime, _zone: tzinfo) -> datetime | None:
    return now.astimezone(UTC) + timedelta(minutes=30)


def _read_span(match: re.Match[str], now: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant after minutes and hours, or the same time of day after days and weeks."""
    parts = [(match[1], match[2]), (match[3], match[4])]
    if match[4] and UNIT_NAMES[match[2].lower()] == UNIT_NAMES[match[4].lower()]:
        return None
    spans = {UNIT_NAMES[unit.lower()]: ONE.get(n.lower()) or int(n) for n, unit in parts if n}
    try:
        moment = now.astimezone(zone).replace(tzinfo=None) if {"days", "weeks"} & spans.keys() else now.astimezone(UTC)
        return moment + timedelta(**spans)
    except OverflowError:
        return None


def _read_ahead(match: re.Match[str], now: datetime, zone: tzinfo) -> datetime | None:
    days = DAYS_AHEAD[match["ahead"].lower()]
    if days == 0 and match["hour"] is None:
        return None
    return _build_moment(now.astimezone(zone).date() + timedelta(days=days), match)


def _read_week(match: re.Match[str], now: datetime, zone: tzinfo) -> datetime | None:
    return _build_moment(next_monday(now.astimezone(zone).date()), match)


def _read_weekday(match: re.Match[str], now: datetime, zone: tzinfo) -> datetime | None:
    """Return the next such day, never today."""
    today = now.astimezone(zone).date()
    days = (DAY_NUMBERS[match["weekday"].lower()] - today.weekday() - 1) % 7 + 1
    return _build_moment(today + timedelta(days=days), match)


def _read_date(match: re.Match[str], now: datetime, zone: tzinfo) -> datetime | None:
    """Return a date; without a year, the next one that is such a day."""
    found = match.groupdict()
    try:
        if found.get("iso"):
            return _build_moment(date.fromisoformat(found["iso"]), match)
        month = int(found.get("number") or 0) or MONTH_NUMBERS[found["month"].lower()]
        today = now.astimezone(zone).date()
        day = date(int(found.get("year") or today.year), month, int(found["day"]))
        if not found.get("year") and day < today:
            day = day.replace(year=day.year + 1)
    except ValueError:
        return None
    return _build_moment(day, match)


def _read_time(match: re.Match[str], now: datetime, zone: tzinfo) -> datetime | None:
    """Return the next such time of day."""
    here = now.astimezone(zone).replace(tzinfo=None)
    moment = _build_moment(here.date(), match)
    return moment + timedelta(days=1) if moment and moment <= here else moment


READERS: dict[str, Callable[[re.Match[str], datetime, tzinfo], datetime | None]] = {
    "half": _read_half,
    "span": _read_span,
    "ahead": _read_ahead,
    "week": _read_week,
    "weekday": _read_weekday,
    "iso": _read_date,
    "numbers": _read_date,
    "named": _read_date,
    "month": _read_date,
    "clock": _read_time,
}
