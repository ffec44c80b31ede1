"""Divide time into what a timeline shows: a month, a quarter or a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext

Zoom = Literal["month", "quarter", "year"]
MONTHS: dict[Zoom, int] = {"month": 1, "quarter": 3, "year": 12}
USUAL: Zoom = "quarter"
FIRST_YEAR, LAST_YEAR = 1900, 9000
WEEK = timedelta(days=7)


class Tick(NamedTuple):
    """A line across the timeline, where it is in percent of the width, and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The days that a timeline shows; `end` is the one behind the last."""

    zoom: Zoom
    first: date
    end: date

    @property
    def name(self) -> str:
        """Return what a heading calls it: `December 2026`, `October to December 2026`, `2026`."""
        if self.zoom == "month":
            return format_date(self.first, "F Y")
        if self.zoom == "year":
            return f"{self.first.year}"
        first, last = format_date(self.first, "F"), format_date(self.end - timedelta(days=1), "F Y")
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def parameters(self) -> str:
        """Return how addresses name it: `zoom=quarter&from=2026-10`."""
        return f"zoom={self.zoom}&from={self.first:%Y-%m}"

    @property
    def ticks(self) -> Sequence[Tick]:
        """Return where months begin, in a month where weeks do, counted from its first day."""
        if self.zoom == "month":
            days = [self.first + n * WEEK for n in range(5) if self.first + n * WEEK < self.end]
            return [Tick(self.find_place(day), format_date(day, gettext("j M"))) for day in days]
        months = [_add_months(self.first, n) for n in range(MONTHS[self.zoom])]
        return [Tick(self.find_place(day), format_date(day, "M")) for day in months]

    def find_place(self, day: date) -> float:
        """Return where a day begins, in percent of the width; outside of it for days that are not shown."""
        return round(100 * (day - self.first).days / (self.end - self.first).days, 3)

    def step(self, count: int) -> Frame:
        """Return the frame before or after it."""
        return build_frame(_add_months(self.first, count * MONTHS[self.zoom]), self.zoom)


def read_frame(zoom: str, month: str, today: date) -> Frame:
    """Return the frame that an address names, else the quarter of today; so does what is no month."""
    chosen = next((each for each in MONTHS if each == zoom), USUAL)
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        day = today
    return build_frame(day, chosen)


def build_frame(day: date, zoom: Zoom) -> Frame:
    """Return the month, quarter or year that a day is in."""
    length = MONTHS[zoom]
    year = min(max(day.year, FIRST_YEAR), LAST_YEAR)
    first = date(year, (day.month - 1) // length * length + 1, 1)
    return Frame(zoom, first, _add_months(first, length))


def _add_months(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
