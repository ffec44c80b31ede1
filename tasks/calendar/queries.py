"""Load the tasks that a calendar shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from tasks.calendar.days import Period
from tasks.models import Project, Task
from tasks.models.tasks import TaskQuerySet
from tasks.work.filters import TaskQuery, filter_tasks

# Of one page.
MAX_TASKS, MAX_UNDATED = 2000, 100
FIELDS = ("number", "title", "status", "priority", "version", "start_date", "due_date", "due_at", "project__key")


@dataclass(frozen=True, slots=True)
class Entry:
    """A task on a day. `is_due`: it is due that day, else under way; `begins`: it starts that day."""

    task: Task
    is_due: bool
    begins: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar and what stands there."""

    day: date
    entries: Sequence[Entry]
    is_today: bool
    is_outside: bool


def load_days(*, project: Project, user: User, query: TaskQuery, period: Period, today: date) -> list[Day]:
    """Return the days of a period with the tasks that are due or under way then. One query."""
    tasks = _find_tasks(project, user, query, today).annotate(begin=Coalesce("start_date", "due_date"))
    first, last = period.days[0], period.days[-1]
    shown: QuerySet[Any] = tasks.filter(due_date__gte=first, begin__lte=last)
    entries: dict[date, list[Entry]] = {day: [] for day in period.days}
    for task in shown.order_by("begin", "due_date", "-priority", "pk")[:MAX_TASKS]:
        due: date = task.due_date
        begin, end = max(task.start_date or due, first), min(due, last)
        for n in range((end - begin).days + 1):
            day = begin + timedelta(days=n)
            entries[day].append(Entry(task, day == due, n == 0))
    return [Day(day, entries[day], day == today, not period.holds(day)) for day in period.days]


def load_undated(*, project: Project, user: User, query: TaskQuery, today: date) -> list[Task]:
    """Return open tasks without a day, the most urgent first. One query."""
    tasks = _find_tasks(project, user, query, today).open().filter(due_date=None)
    return list(tasks.order_by(F("priority").desc(), "pk")[:MAX_UNDATED])


def _find_tasks(project: Project, user: User, query: TaskQuery, today: date) -> TaskQuerySet:
    tasks = Task.objects.standing().filter(project=project)
    return filter_tasks(tasks, query, user=user, today=today).select_related("project").only(*FIELDS)
