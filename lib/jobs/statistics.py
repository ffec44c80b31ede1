"""Measure the jobs of each kind: how many, how long they waited and took, and how many failed, over some hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs.models import Schedule
from lib.jobs.queries import CANCELLED
from lib.jobs.table import BACKEND, FAILED, READY, RUNNING

HOUR = timedelta(hours=1)
# As long as rows of what was done are kept.
HOURS = 24
# More rows than this are judged by the latest of them.
MAX_ROWS = 50_000


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
    waiting: int = 0
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


class _Ended(NamedTuple):
    kind: str
    queue: str
    has_failed: bool
    wait: float
    run: float
    hour: int


def measure_kinds(*, hours: int = HOURS) -> list[KindStatistics]:
    """Measure each kind that has jobs, by its path; the 95th percentile is the slow one. Four queries."""
    now = timezone.now()
    since = now.replace(minute=0, second=0, microsecond=0) - (hours - 1) * HOUR
    kinds: dict[str, KindStatistics] = {}
    by_kind: dict[str, list[_Ended]] = defaultdict(list)
    for ended in _read_ended(since):
        by_kind[ended.kind].append(ended)
    for kind, rows in by_kind.items():
        kinds[kind] = _summarise_kind(kind, rows, since, hours)
    for status, attribute in ((READY, "waiting"), (RUNNING, "running")):
        for kind, queue in _iterate_open(status):
            statistics = kinds.setdefault(kind, KindStatistics(kind, queue, hours=_fill_hours([], since, hours)))
            setattr(statistics, attribute, getattr(statistics, attribute) + 1)
    for kind, next_at in Schedule.objects.filter(kind__in=kinds).values_list("kind", "due_at"):
        kinds[kind].next_at = next_at
    return [kinds[kind] for kind in sorted(kinds)]


def _iterate_open(status: str) -> Iterable[tuple[str, str]]:
    rows = DBTaskResult.objects.filter(status=status, backend_name=BACKEND).order_by()
    return rows.values_list("task_path", "queue_name")


def _read_ended(since: datetime) -> Iterable[_Ended]:
    rows = (
        DBTaskResult.objects.filter(Q(finished_at__gte=since, backend_name=BACKEND))
        .exclude(exception_class_path=CANCELLED)
        .order_by("-pk")
        .values_list("task_path", "queue_name", "status", "run_after", "started_at", "finished_at")[:MAX_ROWS]
    )
    for kind, queue, status, run_after, started_at, finished_at in rows:
        ended = finished_at or since
        started = started_at or ended
        wait, run = (started - run_after).total_seconds(), (ended - started).total_seconds()
        yield _Ended(kind, queue, status == FAILED, max(wait, 0), max(run, 0), int((ended - since) / HOUR))


def _summarise_kind(kind: str, rows: list[_Ended], since: datetime, hours: int) -> KindStatistics:
    waits, runs = sorted(row.wait for row in rows), sorted(row.run for row in rows)
    failed = sum(row.has_failed for row in rows)
    return KindStatistics(
        kind,
        rows[0].queue,
        done=len(rows) - failed,
        failed=failed,
        median_wait=waits[len(waits) // 2],
        slow_wait=waits[len(waits) * 95 // 100],
        median_run=runs[len(runs) // 2],
        slow_run=runs[len(runs) * 95 // 100],
        hours=_fill_hours(rows, since, hours),
    )


def _fill_hours(rows: Iterable[_Ended], since: datetime, hours: int) -> list[HourOfJobs]:
    counts: Any = [[0, 0] for _ in range(hours)]
    for row in rows:
        counts[min(row.hour, hours - 1)][row.has_failed] += 1
    return [HourOfJobs(since + number * HOUR, *count) for number, count in enumerate(counts)]
