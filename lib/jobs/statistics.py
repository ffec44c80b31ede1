"""Measure the jobs of each kind: how many, how long they waited and took, and how many failed, over some hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, F, Func, IntegerField, Q, Value, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs.models import Schedule
from lib.jobs.queries import CANCELLED
from lib.jobs.table import BACKEND, FAILED, READY, RUNNING, SUCCESSFUL

HOUR = timedelta(hours=1)
# As long as rows of what was done are kept.
HOURS = 24
# How many of the latest jobs of a kind say how long they wait and take.
MAX_MEASURED = 200


class HourOfJobs(NamedTuple):
    """Jobs of a kind that ended in an hour."""

    begins_at: datetime
    done: int
    failed: int


@dataclass(slots=True)
class KindStatistics:
    """Jobs of a kind in the last hours; seconds are None where none ended, `next_at` is that of recurring ones."""

    kind: str
    queue: str
    # Due by now, and not before a later time.
    waiting: int = 0
    delayed: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    # From when a job was due until it began, at its last attempt; and from there to its end.
    median_wait: float | None = None
    slow_wait: float | None = None
    median_run: float | None = None
    slow_run: float | None = None
    next_at: datetime | None = None
    hours: list[HourOfJobs] = field(default_factory=list)


class WholeHours(Func):
    """Whole hours from one time to another; on SQLite by its own function, since Django's hold the interpreter."""

    template = "FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 3600)::int"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, since: Any, until: Any, **extra: Any) -> None:
        super().__init__(until, since, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the expression in the words of SQLite."""
        template = "CAST((julianday(%(expressions)s)) * 24 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)


def measure_kinds(*, hours: int = HOURS) -> list[KindStatistics]:
    """Measure each kind that has jobs, by its path; the 95th percentile is the slow one. Four queries."""
    now = timezone.now()
    since = now.replace(minute=0, second=0, microsecond=0) - (hours - 1) * HOUR
    kinds = _count_open()
    _add_ended(kinds, since, hours)
    for statistics in kinds.values():
        statistics.hours = statistics.hours or _build_hours(since, hours, {})
    for kind, durations in _read_durations(since).items():
        _add_durations(kinds[kind], durations)
    for kind, next_at in Schedule.objects.filter(kind__in=kinds).values_list("kind", "due_at"):
        kinds[kind].next_at = next_at
    return [kinds[kind] for kind in sorted(kinds)]


def _count_open() -> dict[str, KindStatistics]:
    """Count the jobs that wait, are delayed and run."""
    kinds: dict[str, KindStatistics] = {}
    rows = DBTaskResult.objects.filter(status__in=(READY, RUNNING), backend_name=BACKEND).order_by()
    running, delayed = Q(status=RUNNING), Q(status=READY, run_after__gt=timezone.now())
    for kind, queue, count, *counts in rows.values_list("task_path", "queue_name").annotate(
        count=Count("pk"), running=Count("pk", filter=running), delayed=Count("pk", filter=delayed)
    ):
        statistics = kinds.setdefault(kind, KindStatistics(kind, queue))
        statistics.running += counts[0]
        statistics.delayed += counts[1]
        statistics.waiting += count - sum(counts)
    return kinds


def _add_ended(kinds: dict[str, KindStatistics], since: datetime, hours: int) -> None:
    """Count the jobs that ended in each hour."""
    hour = WholeHours(Value(since, DateTimeField()), F("finished_at"))
    rows = _select_ended(since).annotate(hour=hour).values_list("task_path", "queue_name", "hour")
    counts: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for kind, queue, number, failed, ended in rows.annotate(
        failed=Count("pk", filter=Q(status=FAILED)), ended=Count("pk")
    ):
        statistics = kinds.setdefault(kind, KindStatistics(kind, queue))
        statistics.done += ended - failed
        statistics.failed += failed
        # A kind may have been in two queues, and a time be rounded up into the next hour.
        before = counts[kind].get(number := min(max(number, 0), hours - 1), (0, 0))
        counts[kind][number] = before[0] + ended - failed, before[1] + failed
    for kind, of_kind in counts.items():
        kinds[kind].hours = _build_hours(since, hours, of_kind)


def _build_hours(since: datetime, hours: int, counts: Mapping[int, tuple[int, int]]) -> list[HourOfJobs]:
    return [HourOfJobs(since + number * HOUR, *counts.get(number, (0, 0))) for number in range(hours)]


def _read_durations(since: datetime) -> dict[str, list[tuple[float, float]]]:
    """Return how long the latest jobs of each kind waited and ran, in seconds."""
    place = Window(RowNumber(), partition_by=F("task_path"), order_by=F("pk").desc())
    rows = _select_ended(since).filter(started_at__isnull=False).annotate(place=place).filter(place__lte=MAX_MEASURED)
    durations: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for kind, due, began, ended in rows.values_list("task_path", "run_after", "started_at", "finished_at"):
        durations[kind].append((max((began - due).total_seconds(), 0), max((ended - began).total_seconds(), 0)))
    return durations


def _add_durations(statistics: KindStatistics, durations: list[tuple[float, float]]) -> None:
    waits, runs = (sorted(times) for times in zip(*durations, strict=True))
    middle, slow = len(waits) // 2, len(waits) * 95 // 100
    statistics.median_wait, statistics.slow_wait = waits[middle], waits[slow]
    statistics.median_run, statistics.slow_run = runs[middle], runs[slow]


def _select_ended(since: datetime) -> Any:
    ended = DBTaskResult.objects.filter(status__in=(SUCCESSFUL, FAILED), finished_at__gte=since, backend_name=BACKEND)
    return ended.exclude(exception_class_path=CANCELLED).order_by()
