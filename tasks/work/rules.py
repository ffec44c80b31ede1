"""Rules by which tasks recur: RRULE of RFC 5545, counted by the clock on the wall of a time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, NoReturn, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

WEEKDAYS: Final = "MO|TU|WE|TH|FR|SA|SU"
NUMBER: Final = re.compile(r"[+-]?\d{1,4}")
WEEKDAY: Final = re.compile(rf"([+-]?\d{{1,2}})?({WEEKDAYS})")
UNTIL: Final = re.compile(r"\d{8}(T\d{6}Z?)?")
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MAX_NUMBER: Final = 999
# The largest number of each part, without its sign.
LIMITS: Final = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12, "BYSETPOS": 366}
# By which of these each may be narrowed (RFC 5545, 3.3.10).
ALLOWED: Final = {
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
    "BYSETPOS": ("MONTHLY", "YEARLY"),
}
# Every rule that ever gives a date gives one in the 40 years after a leap year: the 29th of February on each weekday.
FIRST_SOUGHT, LAST_SOUGHT = datetime(2024, 1, 1), datetime(2064, 12, 31)  # noqa: DTZ001  wall times
# Nothing recurs later: the last day but one of those that tasks may have, so that it is one of them in every time zone.
HORIZON: Final = datetime(2199, 12, 30, 23, 59, 59)  # noqa: DTZ001  a wall time
# How many days a rule goes on by with each step, where it has the same pattern from any of these days on.
STEPS: Final = {"DAILY": 1, "WEEKLY": 7}
LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Occurrence(NamedTuple):
    """When a series goes on, by the clock on the wall, and the rule from there on; an empty one ends there."""

    wall: datetime
    rule: str


@lru_cache(1024)
def clean_rule(text: str) -> str:
    """Return a rule in one spelling, without `RRULE:`; an empty one is none. Raise ValidationError for a wrong one.

    What was found right is remembered: clients' rules are read before a project is locked, and again under the lock.
    """
    text = text.strip().upper().removeprefix("RRULE:").strip(";")
    if not text:
        return ""
    parts = _split_rule(text)
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        _refuse_rule(_("A rule begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."))
    if "COUNT" in parts and "UNTIL" in parts:
        _refuse_rule(_("COUNT and UNTIL exclude each other."))
    for name, value in parts.items():
        if name != "FREQ":
            _check_part(name, value, frequency)
    _check_days(parts)
    cleaned = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        every = {name: value for name, value in parts.items() if name != "INTERVAL"}
        is_found = next(iter(_build_rule(every, FIRST_SOUGHT, LAST_SOUGHT)), None) is not None
        _read_until(parts, ZoneInfo("UTC"))
    except ValueError:
        _refuse_rule(_("That is no rule that dates follow."))
    if not is_found:
        _refuse_rule(_("No date ever follows this rule."))
    return cleaned


def find_next_occurrence(rule: str, *, start: datetime, after: datetime, zone: ZoneInfo) -> Occurrence | None:
    """Return the first time of a rule after another one, None where it has ended. Naive times are those of the wall.

    Times between `start` and `after` count for COUNT. What is not on the calendar, such as the 31st of a month of 30
    days, is left out. Nothing comes after 2199.
    """
    parts = _split_rule(rule)
    until, count = _read_until(parts, zone), int(parts.get("COUNT", 0))
    if not count:
        start = _skip_steps(parts, start, after)
    for number, wall in enumerate(_build_rule(parts, start, HORIZON).xafter(start), start=1):
        if until is not None and wall > until or count and number >= count:
            return None
        if wall > after:
            return Occurrence(wall, _count_down(parts, count - number) if count else rule)
    return None


def find_end(rule: str, zone: ZoneInfo) -> datetime | None:
    """Return until when a rule goes by its UNTIL, by the clock on the wall of a zone; a day to its end."""
    return _read_until(_split_rule(rule), zone)


def _split_rule(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            _refuse_rule(format_lazy(_("“{part}” is no part of a rule."), part=part))
        parts[name] = value
    return parts


def _check_part(name: str, value: str, frequency: str) -> None:
    if frequency not in ALLOWED.get(name, FREQUENCIES):
        _refuse_rule(format_lazy(_("{name} does not go with FREQ={frequency}."), name=name, frequency=frequency))
    if name in ("INTERVAL", "COUNT"):
        is_valid = value.isascii() and value.isdigit() and len(value) < 10 and 0 < int(value) <= MAX_NUMBER
    elif name == "UNTIL":
        is_valid = UNTIL.fullmatch(value) is not None
    elif name == "WKST":
        is_valid = value in WEEKDAYS.split("|")
    elif name == "BYDAY":
        is_valid = all(_is_weekday(each, frequency) for each in value.split(","))
    elif name in LIMITS:
        is_valid = all(_is_number(each, LIMITS[name], is_signed=name != "BYMONTH") for each in value.split(","))
    else:
        _refuse_rule(format_lazy(_("{name} is not supported: the time of day is that of the task."), name=name))
    if not is_valid:
        _refuse_rule(format_lazy(_("“{value}” is no value of {name}."), value=value, name=name))


def _is_weekday(text: str, frequency: str) -> bool:
    match = WEEKDAY.fullmatch(text)
    if match is None:
        return False
    return match[1] is None or (frequency in ("MONTHLY", "YEARLY") and 0 < abs(int(match[1])) <= 53)


def _is_number(text: str, limit: int, *, is_signed: bool) -> bool:
    if NUMBER.fullmatch(text) is None:
        return False
    return 0 < (abs(int(text)) if is_signed else int(text)) <= limit


def _check_days(parts: dict[str, str]) -> None:
    """Raise ValidationError for days that none of the months has: dateutil would look for them for 8,000 years."""
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        longest = max(LONGEST_MONTHS[int(month) - 1] for month in parts["BYMONTH"].split(","))
        if all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(",")):
            _refuse_rule(_("None of these months has such a day."))


def _build_rule(parts: dict[str, str], start: datetime, until: datetime) -> rrule:
    kept = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    return cast(rrule, rrulestr(kept, dtstart=start)).replace(until=until)


def _skip_steps(parts: dict[str, str], start: datetime, after: datetime) -> datetime:
    """Return the last time before `after` from which a rule gives the same times as from its start.

    Without it, an old daily series is counted day by day from its start.
    """
    step = STEPS.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", 1))
    if not step or after <= start:
        return start
    return start + timedelta(days=(after - start).days // step * step)


def _read_until(parts: dict[str, str], zone: ZoneInfo) -> datetime | None:
    """Return until when a rule goes, by the wall: a day to its end."""
    text = parts.get("UNTIL")
    if text is None:
        return None
    if len(text) == 8:
        return datetime.combine(datetime.strptime(text, "%Y%m%d").date(), time.max)  # noqa: DTZ007  a wall time
    wall = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  a wall time
    return wall.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) if text.endswith("Z") else wall


def _count_down(parts: dict[str, str], count: int) -> str:
    return ";".join(f"{name}={value}" for name, value in (parts | {"COUNT": str(count)}).items()) if count > 1 else ""


def _refuse_rule(text: str | Promise) -> NoReturn:
    raise ValidationError({"recurrence": text})
