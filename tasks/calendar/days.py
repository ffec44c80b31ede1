"""Divide time into the weeks that a calendar shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.template.defaultfilters import date as format_date
from django.utils.formats import get_format
from django.utils.translation import gettext

Scale = Literal["month", "week"]
FIRST_YEAR, LAST_YEAR = 1900, 9000


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a week, and the days of all weeks in it."""

    scale: Scale
    first: date
    days: Sequence[date]

    @property
    def name(self) -> str:
        """Return what a heading calls it: `December 2026`, `30 November to 6 December 2026`."""
        if self.scale == "month":
            return format_date(self.first, "F Y")
        first, last = format_date(self.days[0], gettext("j F")), format_date(self.days[-1], gettext("j F Y"))
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def parameter(self) -> str:
        """Return how addresses name it: `month=2026-12`, `week=2026-11-30`."""
        return f"month={self.first:%Y-%m}" if self.scale == "month" else f"week={self.first.isoformat()}"

    def holds(self, day: date) -> bool:
        """Tell whether a day belongs to it, not only to one of its weeks."""
        return self.scale == "week" or (day.year, day.month) == (self.first.year, self.first.month)

    def step(self, count: int) -> Period:
        """Return the period before or after it."""
        if self.scale == "week":
            return build_week(self.first + timedelta(days=7 * count))
        months = self.first.year * 12 + self.first.month - 1 + count
        return build_month(date(months // 12, months % 12 + 1, 1))


def read_period(given: dict[str, str], today: date) -> Period:
    """Return the period that an address names, else the month of today; so does what is no date."""
    try:
        if "week" in given:
            return build_week(_limit_year(date.fromisoformat(given["week"])))
        return build_month(_limit_year(date.fromisoformat(f"{given.get('month', '')}-01")))
    except ValueError:
        return build_month(today)


def build_month(day: date) -> Period:
    """Return the month of a day, in whole weeks."""
    first = day.replace(day=1)
    start = _find_start(first)
    after = (first + timedelta(days=32)).replace(day=1)
    weeks = ((after - start).days + 6) // 7
    return Period("month", first, [start + timedelta(days=n) for n in range(7 * weeks)])


def build_week(day: date) -> Period:
    """Return the week of a day, from the day on which weeks begin in the language of the page."""
    start = _find_start(day)
    return Period("week", start, [start + timedelta(days=n) for n in range(7)])


def _find_start(day: date) -> date:
    # Django counts from Sunday, 0; Python from Monday.
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def _limit_year(day: date) -> date:
    return day.replace(year=min(max(day.year, FIRST_YEAR), LAST_YEAR))
