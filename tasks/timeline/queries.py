"""Load the projects that a timeline shows, and from when to when each of them lasts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, Min
from django.db.models.functions import Coalesce

from accounts.models import Organisation, User
from tasks.models import Project, Task
from tasks.projects.queries import count_tasks, projects_in
from tasks.projects.schemas import TaskCounts
from tasks.timeline.days import Frame

# Of one page.
MAX_ROWS = 300


class Span(NamedTuple):
    """From when to when a project lasts, both days included."""

    first: date
    last: date


class Bar(NamedTuple):
    """Where the bar of a project begins and how wide it is, and how much of it is done, in percent of the width."""

    at: float
    width: float
    done: float
    goes_on_before: bool
    goes_on_after: bool


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A project of a timeline. One without any day has no span, one of other times no bar."""

    project: Project
    tasks: TaskCounts
    span: Span | None
    bar: Bar | None


def load_rows(*, user: User, organisation: Organisation, frame: Frame) -> list[TimelineRow]:
    """Return the active projects that a user sees, by the day on which they begin. Three queries."""
    projects = list(projects_in(user=user, organisation=organisation).order_by("folded_name", "pk")[:MAX_ROWS])
    ids = [project.pk for project in projects]
    counts, spans = count_tasks(ids), _find_spans(ids)
    rows = []
    for project in projects:
        tasks = counts[project.pk]
        span = _choose_span(project, spans.get(project.pk))
        rows.append(TimelineRow(project, tasks, span, _build_bar(span, tasks, frame) if span else None))
    return sorted(rows, key=lambda row: row.span or Span(date.max, date.max))


def _find_spans(project_ids: Collection[UUID]) -> dict[UUID, Span]:
    """Return from when to when the tasks of projects last. One query."""
    tasks = Task.objects.standing().filter(project__in=project_ids).order_by().values("project")
    first, last = Min(Coalesce("start_date", "due_date")), Max(Coalesce("due_date", "start_date"))
    found = tasks.annotate(first=first, last=last).exclude(first=None).values_list("project", "first", "last")
    return {project_id: Span(*days) for project_id, *days in found}


def _choose_span(project: Project, of_tasks: Span | None) -> Span | None:
    """Return the days of a project itself, and of its tasks where it has none; they may be the other way round then."""
    days = [
        project.start_date or (of_tasks.first if of_tasks else None),
        project.target_date or (of_tasks.last if of_tasks else None),
    ]
    known: Sequence[date] = sorted(day for day in days if day)
    return Span(known[0], known[-1]) if known else None


def _build_bar(span: Span, tasks: TaskCounts, frame: Frame) -> Bar | None:
    """Return the part of a project that is within a frame, or None where nothing of it is."""
    end = span.last + timedelta(days=1) if span.last < date.max else span.last
    if end <= frame.first or span.first >= frame.end:
        return None
    start, stop = frame.find_place(span.first), frame.find_place(end)
    done = start + (stop - start) * tasks.completed_percent / 100
    at, behind = max(start, 0), min(stop, 100)
    return Bar(at, round(behind - at, 3), round(min(max(done, at), behind) - at, 3), start < 0, stop > 100)
