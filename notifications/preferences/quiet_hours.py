"""Tell when quiet hours end: spans of the days of a week, by the clocks of a user's time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lib.text.wall_times import find_moment

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
# Where all hours of all days are quiet, they end after a week.
LONGEST = timedelta(days=7)


class QuietSpan(NamedTuple):
    """From when to when it is quiet, in minutes since midnight; with no later end than start until the next day."""

    start: int
    end: int


# The span that starts on each day, from Monday on.
Week = Sequence[QuietSpan | None]
NO_QUIET_HOURS: Week = (None,) * 7


def format_clock(minutes: int) -> str:
    """Return what a clock shows so many minutes after midnight: `22:00`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def count_minutes(clock: time) -> int:
    """Return how many minutes after midnight a clock shows a time."""
    return 60 * clock.hour + clock.minute


def find_quiet_end(week: Week, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end that a moment is in, spans that meet taken together; None outside of them."""
    end = at
    while end - at < LONGEST and (later := _find_span_end(week, end, zone)) is not None:
        end = later
    return None if end == at else end


def _find_span_end(week: Week, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the end of the span that a moment is in: it has started on the same day or on the one before."""
    today = at.astimezone(zone).date()
    ends = []
    for day in (today - DAY, today):
        span = week[day.weekday()]
        if span is not None and find_moment(day, span.start, zone) <= at:
            last_day = day + DAY if span.end <= span.start else day
            ends.append(find_moment(last_day, span.end, zone, is_end=True))
    return max((end for end in ends if end > at), default=None)
