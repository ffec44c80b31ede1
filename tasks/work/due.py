"""Say how near the day is on which a task is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext

Urgency = Literal["", "soon", "overdue"]


class DueDay(NamedTuple):
    """A day in words, and whether it is near or past."""

    day: date
    words: str
    urgency: Urgency


def describe_due_day(day: date | None, *, today: date, is_completed: bool) -> DueDay | None:
    """Return the words for the day on which a task is due, None where it has none. A completed one is never late."""
    if day is None:
        return None
    if is_completed:
        return DueDay(day, _name_day(day, today), "")
    if day < today:
        return DueDay(day, gettext("Overdue since %(day)s") % {"day": _name_day(day, today)}, "overdue")
    return DueDay(day, _name_near_day(day, today), "soon" if day <= today + timedelta(days=1) else "")


def _name_near_day(day: date, today: date) -> str:
    if day == today:
        return gettext("Today")
    if day == today + timedelta(days=1):
        return gettext("Tomorrow")
    return _name_day(day, today)


def _name_day(day: date, today: date) -> str:
    """Return `10 Nov`, with the year where it is another one."""
    return format_date(day, gettext("j M") if day.year == today.year else gettext("j M Y"))
