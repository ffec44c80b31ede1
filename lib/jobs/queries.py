"""Answer what administrators ask of the jobs. No arguments are among it: they may hold what is secret or personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs.errors import JobCancelled, name_error
from lib.jobs.job import find_job
from lib.jobs.table import BACKEND, FAILED, READY, RUNNING, SUCCESSFUL

CANCELLED = name_error(JobCancelled)

Jobs = QuerySet[DBTaskResult[Any, Any], DBTaskResult[Any, Any]]


class JobState(StrEnum):
    """State of a job as administrators know it."""

    WAITING = "waiting"
    DELAYED = "delayed"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobDescription:
    """Job without its arguments. `error` is that of the last attempt, of one that waits for the next, too."""

    id: UUID
    kind: str
    queue: str
    state: JobState
    priority: int
    attempts: int
    max_attempts: int
    enqueued_at: datetime
    run_after: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error_class: str
    error: str


def select_jobs(*, state: JobState | None = None, kind: str | None = None, queue: str | None = None) -> Jobs:
    """Return the rows of jobs, for `paginate(…, newest_first=True)` and `describe_job`."""
    jobs = DBTaskResult.objects.filter(backend_name=BACKEND).defer("args_kwargs", "return_value").order_by("-pk")
    if state is not None:
        jobs = jobs.filter(_build_condition(state, timezone.now()))
    if kind:
        jobs = jobs.filter(task_path=kind)
    return jobs.filter(queue_name=queue) if queue else jobs


def describe_job(row: DBTaskResult[Any, Any]) -> JobDescription:
    """Describe a row of `select_jobs`."""
    job = find_job(row.task_path)
    return JobDescription(
        id=row.id,
        kind=row.task_path,
        queue=row.queue_name,
        state=_name_state(row),
        priority=row.priority,
        attempts=len(row.worker_ids),
        max_attempts=job.attempts if job else 0,
        enqueued_at=row.enqueued_at,
        run_after=row.run_after,
        started_at=row.started_at,
        finished_at=row.finished_at,
        error_class=row.exception_class_path,
        error=row.traceback,
    )


def count_jobs() -> dict[JobState, int]:
    """Count the jobs of each state, as far as their rows are kept."""
    now = timezone.now()
    cases = [When(_build_condition(state, now), then=Value(state.value)) for state in JobState]
    rows = (
        DBTaskResult.objects.filter(backend_name=BACKEND)
        .order_by()
        .values_list(Case(*cases, output_field=CharField()))
        .annotate(count=Count("pk"))
    )
    counts = dict(rows)
    return {state: counts.get(state.value, 0) for state in JobState}


def _build_condition(state: JobState, now: datetime) -> Q:
    return {
        JobState.WAITING: Q(status=READY, run_after__lte=now),
        JobState.DELAYED: Q(status=READY, run_after__gt=now),
        JobState.RUNNING: Q(status=RUNNING),
        JobState.DONE: Q(status=SUCCESSFUL),
        JobState.FAILED: Q(status=FAILED) & ~Q(exception_class_path=CANCELLED),
        JobState.CANCELLED: Q(status=FAILED, exception_class_path=CANCELLED),
    }[state]


def _name_state(row: DBTaskResult[Any, Any]) -> JobState:
    if row.status == READY:
        return JobState.DELAYED if row.run_after > timezone.now() else JobState.WAITING
    if row.status == FAILED:
        return JobState.CANCELLED if row.exception_class_path == CANCELLED else JobState.FAILED
    return JobState.RUNNING if row.status == RUNNING else JobState.DONE
