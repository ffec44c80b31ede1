"""Work out the numbers of a project from the history of its tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext

from tasks.models import Project, Status, Task, TaskAssignee, TaskChange
from tasks.statistics.schemas import CycleTimeOut, DayOut, OpenByAssigneeOut, StatisticsOut, WeekOut

P85 = 0.85


class StatusChange(NamedTuple):
    moment: datetime
    before: str
    after: str


class Span(NamedTuple):
    """Status of a task from one day on, until another; None: it still has it."""

    status: str
    first: date
    end: date | None


class Facts(NamedTuple):
    """What the numbers are made of: each task's spans, and the moments at which each was completed and begun."""

    spans: list[Span]
    completed: list[tuple[datetime, datetime]]


def load_statistics(*, project: Project, today: date, days: int, zone: tzinfo) -> StatisticsOut:
    """Return the numbers of a project for the days up to today, in a zone. Three queries, however many tasks."""
    first = today - timedelta(days=days - 1)
    facts = _load_facts(project, zone)
    on_day = Counter(moment.astimezone(zone).date() for _, moment in facts.completed)
    return StatisticsOut.model_construct(
        days=_count_days(facts.spans, on_day, first, today),
        weeks=_count_weeks(on_day, first, today),
        cycle_time=_measure_cycles(facts.completed, first, zone),
        open_by_assignee=_count_open(project),
    )


def _load_facts(project: Project, zone: tzinfo) -> Facts:
    tasks = Task.objects.standing().filter(project=project)
    changes: dict[UUID, list[StatusChange]] = defaultdict(list)
    rows = TaskChange.objects.filter(task__in=tasks, field="status").order_by("version", "pk")
    for task_id, moment, before, after in rows.values_list("task", "created_at", "before", "after"):
        changes[task_id].append(StatusChange(moment, str(before), str(after)))
    facts = Facts([], [])
    columns = ("pk", "created_at", "status", "started_at", "completed_at")
    for task_id, created, status, started, completed in tasks.values_list(*columns):
        facts.spans.extend(_list_spans(created, status, changes[task_id], zone))
        if completed:
            facts.completed.append((min(started or created, completed), completed))
    return facts


def _list_spans(created: datetime, status: str, changes: Sequence[StatusChange], zone: tzinfo) -> Iterable[Span]:
    """Return the statuses of a task with the days at whose end it had them."""
    first = created.astimezone(zone).date()
    current = changes[0].before if changes else status
    for change in changes:
        day = change.moment.astimezone(zone).date()
        if day > first:
            yield Span(current, first, day)
            first = day
        current = change.after
    yield Span(current, first, None)


def _count_days(spans: Iterable[Span], on_day: Counter[date], first: date, today: date) -> list[DayOut]:
    """Return how many tasks have each status at the end of each day, by how many enter and leave it."""
    entered: dict[str, Counter[date]] = {status: Counter() for status in Status.values}
    for span in spans:
        entered[span.status][max(span.first, first)] += 1
        if span.end is not None:
            entered[span.status][max(span.end, first)] -= 1
    counts = dict.fromkeys(Status.values, 0)
    days = []
    for offset in range((today - first).days + 1):
        day = first + timedelta(days=offset)
        for status in counts:
            counts[status] += entered[status][day]
        days.append(DayOut.model_validate({"day": day, "completed_on_day": on_day[day]} | counts))
    return days


def _count_weeks(on_day: Counter[date], first: date, today: date) -> list[WeekOut]:
    """Return how many were completed in each week that lies in the days wholly, and in the present one."""
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = []
    while monday <= today:
        completed = sum(on_day[monday + timedelta(days=n)] for n in range(7))
        weeks.append(WeekOut.model_construct(monday=monday, completed=completed))
        monday += timedelta(days=7)
    return weeks


def _measure_cycles(completed: Iterable[tuple[datetime, datetime]], first: date, zone: tzinfo) -> CycleTimeOut:
    took = sorted(
        round((end - begin).total_seconds()) for begin, end in completed if end.astimezone(zone).date() >= first
    )
    return CycleTimeOut.model_construct(
        count=len(took), median_seconds=find_percentile(took, 0.5), p85_seconds=find_percentile(took, P85)
    )


def find_percentile(values: Sequence[int], share: float) -> int | None:
    """Return the smallest of sorted values that such a share of them does not exceed; None of no values."""
    return values[max(0, -int(-share * len(values) // 1) - 1)] if values else None


def _count_open(project: Project) -> list[OpenByAssigneeOut]:
    """Return how many open tasks each user has, those with most first, and at the end those of nobody."""
    tasks = Task.objects.standing().open().filter(project=project)
    links = TaskAssignee.objects.filter(task__in=tasks)
    rows = links.values_list("user", "user__name").annotate(count=Count("pk")).order_by("-count", "user__name")
    shown = [OpenByAssigneeOut.model_construct(user_id=pk, name=name, count=count) for pk, name, count in rows]
    unassigned = tasks.filter(assignees=None).count()
    nobody = OpenByAssigneeOut.model_construct(user_id=None, name=gettext("Nobody"), count=unassigned)
    return [*shown, *([nobody] if unassigned else [])]
