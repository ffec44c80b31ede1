"""Lay the numbers of a project out as small plots, in the units of an SVG of `WIDTH` by `HEIGHT`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tasks.statistics.schemas import DayOut, OpenByAssigneeOut, StatisticsOut, WeekOut

WIDTH, HEIGHT = 300, 100
# Between the bars of weeks, as a share of what each has.
GAP = 0.25


class Bar(NamedTuple):
    """A bar: of a week its Monday, of a user their name."""

    x: float
    y: float
    width: float
    height: float
    value: int
    day: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plots:
    """What the page of numbers draws. Areas and lines are paths of SVG; `peak` is what their top stands for.

    Areas of the flow are stacked, the completed ones below.
    """

    first: date
    last: date
    peak: int
    completed: str
    in_progress: str
    pending: str
    scope: str
    weeks: list[Bar]
    best_week: int
    assignees: list[Bar]


def draw_plots(numbers: StatisticsOut) -> Plots:
    """Return the plots of some numbers, which have a day at least."""
    days = numbers.days
    totals = [day.pending + day.in_progress + day.completed for day in days]
    completed = [day.completed for day in days]
    begun = [day.completed + day.in_progress for day in days]
    peak = max(*totals, 1)
    best_week = max((week.completed for week in numbers.weeks), default=0)
    return Plots(
        first=days[0].day,
        last=days[-1].day,
        peak=peak,
        completed=_draw_area([0] * len(days), completed, peak),
        in_progress=_draw_area(completed, begun, peak),
        pending=_draw_area(begun, totals, peak),
        scope=_draw_line(totals, peak),
        weeks=_draw_weeks(numbers.weeks, max(best_week, 1)),
        best_week=best_week,
        assignees=_draw_assignees(numbers.open_by_assignee),
    )


def list_weekly_days(days: Sequence[DayOut]) -> list[DayOut]:
    """Return each seventh day back from the last one, the oldest first: a table of all would be long."""
    return list(days[::-7])[::-1]


def _draw_line(values: Sequence[int], peak: int) -> str:
    return "M" + "L".join(_list_points(values, peak))


def _draw_area(lower: Sequence[int], upper: Sequence[int], peak: int) -> str:
    return "M" + "L".join([*_list_points(upper, peak), *reversed(_list_points(lower, peak))]) + "Z"


def _list_points(values: Sequence[int], peak: int) -> list[str]:
    step = WIDTH / max(len(values) - 1, 1)
    return [f"{index * step:.1f} {HEIGHT - value / peak * HEIGHT:.1f}" for index, value in enumerate(values)]


def _draw_weeks(weeks: Sequence[WeekOut], peak: int) -> list[Bar]:
    room = WIDTH / max(len(weeks), 1)
    bars = []
    for index, week in enumerate(weeks):
        height = week.completed / peak * HEIGHT
        place = round(index * room + room * GAP / 2, 1)
        width = round(room * (1 - GAP), 1)
        bars.append(Bar(place, round(HEIGHT - height, 1), width, round(height, 1), week.completed, day=week.monday))
    return bars


def _draw_assignees(assignees: Sequence[OpenByAssigneeOut]) -> list[Bar]:
    peak = max((each.count for each in assignees), default=1)
    return [Bar(0, 0, round(each.count / peak * 100, 1), 6, each.count, name=each.name) for each in assignees]
