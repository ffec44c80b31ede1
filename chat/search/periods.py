"""Read days, months and years as users type them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

NUMBERS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
EUROPEAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
# Beyond these, a time zone may carry a day out of what Python and the database can hold.
FIRST_YEAR, LAST_YEAR = 1970, 9000


class Period(NamedTuple):
    """From one moment to another, which is no part of it."""

    start: datetime
    end: datetime


def parse_period(text: str, *, now: datetime, zone: tzinfo) -> Period | None:
    """Return the period that a text names, in a time zone; None for any other text.

    A day (`2026-03-31`, `31.3.2026`, `today`, `yesterday`), a `week`, a month (`2026-03`, `month`) or a year (`2026`,
    `year`).
    """
    days = _find_named_days(text.lower(), now.astimezone(zone).date()) or _find_numbered_days(text)
    if days is None:
        return None
    start, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in days)
    return Period(start, end)


def _find_named_days(text: str, today: date) -> tuple[date, date] | None:
    if text in ("today", "yesterday"):
        day = today if text == "today" else today - timedelta(days=1)
        return day, day + timedelta(days=1)
    if text == "week":
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=7)
    if text == "month":
        return _find_month(today.year, today.month)
    if text == "year":
        return date(today.year, 1, 1), date(today.year + 1, 1, 1)
    return None


def _find_numbered_days(text: str) -> tuple[date, date] | None:
    if match := EUROPEAN.fullmatch(text):
        day, month, year = match.groups()
    elif match := NUMBERS.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        if day:
            start = date(int(year), int(month), int(day))
            return start, start + timedelta(days=1)
        return _find_month(int(year), int(month)) if month else (date(int(year), 1, 1), date(int(year) + 1, 1, 1))
    except ValueError:
        return None


def _find_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
