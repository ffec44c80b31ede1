"""Take due jobs, and store how they ended: each in one statement, and only for as long as the claim is ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs.backoff import compute_delay
from lib.jobs.job import find_job
from lib.jobs.models import JobKey
from lib.jobs.states import BACKEND, FAILED, READY, RUNNING, SUCCESSFUL, describe_error, name_error

TABLE = "django_tasks_database_dbtaskresult"
# A retry lets fresh jobs of its priority go first.
RETRY_PRIORITY_LOSS = 1
MIN_PRIORITY = -100


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """Job that this worker has to run. `started_at` tells this claim from a later one of another worker."""

    id: UUID
    kind: str
    queue: str
    arguments: dict[str, Any]
    priority: int
    attempt: int
    started_at: datetime


def claim_jobs(*, queue: str, worker: str, limit: int, without: Sequence[str] = ()) -> list[ClaimedJob]:
    """Claim up to `limit` due jobs of a queue, best first, but for some kinds. Their keys become free."""
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        sql, parameters = _build_claim(queue, worker, limit, without, now)
        cursor.execute(sql, parameters)
        rows = sorted(cursor.fetchall(), key=lambda row: (-row[3], row[4], row[5]))
        claimed = [_read_claim(row, queue, now) for row in rows]
        if claimed:
            JobKey.objects.filter(job__in=[job.id for job in claimed]).update(is_waiting=False)
    return claimed


def store_successes(claimed: Sequence[ClaimedJob]) -> None:
    """Mark jobs as done, but for those that were given to another worker meanwhile."""
    _select_held(claimed).update(status=SUCCESSFUL, finished_at=timezone.now(), exception_class_path="", traceback="")


def store_failure(claimed: ClaimedJob, error: BaseException) -> None:
    """Store why a job failed, and let it wait for its next attempt where it has any left."""
    job = find_job(claimed.kind)
    told = {"exception_class_path": name_error(type(error)), "traceback": describe_error(error)}
    delay = compute_delay(error, attempt=claimed.attempt, attempts=job.attempts if job else 1)
    if delay is None:
        _select_held([claimed]).update(status=FAILED, finished_at=timezone.now(), **told)
        return
    with transaction.atomic():
        priority = max(claimed.priority - RETRY_PRIORITY_LOSS, MIN_PRIORITY)
        held = _select_held([claimed]).update(status=READY, run_after=timezone.now() + delay, priority=priority, **told)
        if held:
            _take_key_again(claimed.id)


def _select_held(claimed: Sequence[ClaimedJob]) -> Any:
    return DBTaskResult.objects.filter(
        pk__in=[job.id for job in claimed], status=RUNNING, started_at__in={job.started_at for job in claimed}
    )


def _take_key_again(job_id: UUID) -> None:
    """Let a job that waits again have its key, unless another has it by now."""
    for key in JobKey.objects.filter(job=job_id):
        if not JobKey.objects.filter(key=key.key, is_waiting=True).exists():
            JobKey.objects.filter(pk=key.pk).update(is_waiting=True)


def _build_claim(queue: str, worker: str, limit: int, without: Sequence[str], now: datetime) -> tuple[str, list[Any]]:
    """Return the statement and its parameters.

    PostgreSQL passes over rows that another worker is claiming, or that a transaction holds by their key. There the
    array is what keeps the planner from asking for the rows more than once, and so for more than `limit`.
    """
    postgresql = connection.vendor == "postgresql"
    time = connection.ops.adapt_datetimefield_value(now)
    excluded = f" AND task_path NOT IN ({', '.join(['%s'] * len(without))})" if without else ""
    due = (
        f"SELECT id FROM {TABLE} WHERE status = 'READY' AND backend_name = %s"  # noqa: S608  no value is in it
        f" AND queue_name = %s AND run_after <= %s{excluded} ORDER BY priority DESC, run_after, enqueued_at LIMIT %s"
    )
    matches = f"id = ANY(ARRAY({due} FOR UPDATE SKIP LOCKED))" if postgresql else f"id IN ({due})"
    ids = "worker_ids || to_jsonb(%s::text)" if postgresql else "json_insert(worker_ids, '$[#]', %s)"
    length = "jsonb_array_length" if postgresql else "json_array_length"
    sql = (
        f"UPDATE {TABLE} SET status = 'RUNNING', started_at = %s, worker_ids = {ids}"  # noqa: S608
        f" WHERE {matches}"
        f" RETURNING id, task_path, args_kwargs, priority, run_after, enqueued_at, {length}(worker_ids)"
    )
    return sql, [time, worker, BACKEND, queue, time, *without, limit]


def _read_claim(row: Sequence[Any], queue: str, now: datetime) -> ClaimedJob:
    job_id, kind, arguments, priority, _, _, attempt = row
    return ClaimedJob(
        id=UUID(str(job_id)),
        kind=kind,
        queue=queue,
        arguments=json.loads(arguments)["kwargs"],
        priority=priority,
        attempt=attempt,
        started_at=now.astimezone(UTC),
    )
