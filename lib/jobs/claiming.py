"""Take due jobs, and store how they ended: each in one statement, and only for as long as the claim is ours."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs.backoff import compute_delay
from lib.jobs.errors import describe_error, name_error
from lib.jobs.job import find_job
from lib.jobs.lanes import Lane
from lib.jobs.models import JobKey
from lib.jobs.table import FAILED, READY, RUNNING, SUCCESSFUL, TABLE

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


def claim_jobs(lane: Lane, *, worker: str, limit: int) -> list[ClaimedJob]:
    """Claim up to `limit` due jobs of a lane, best first. Their unique keys become free."""
    now = timezone.now()
    sql, parameters = _build_claim(lane, worker, limit, now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = sorted(cursor.fetchall(), key=lambda row: (-row[3], row[4], row[5]))
        claimed = [_read_claim(row, lane.queue, now) for row in rows]
        if claimed:
            JobKey.objects.filter(job__in=[job.id for job in claimed]).update(is_waiting=False)
    return claimed


def store_successes(claimed: Collection[ClaimedJob]) -> None:
    """Mark jobs as done, but for those that were given to another worker meanwhile."""
    _select_held(claimed).update(status=SUCCESSFUL, finished_at=timezone.now(), exception_class_path="", traceback="")


def store_failure(claimed: ClaimedJob, error: BaseException, *, delay: timedelta | None = None) -> None:
    """Store why a job failed, and let it wait for its next attempt where it has any left, after a time of its own."""
    job = find_job(claimed.kind)
    told = {"exception_class_path": name_error(type(error)), "traceback": describe_error(error)}
    if delay is None:
        delay = compute_delay(error, attempt=claimed.attempt, attempts=job.attempts if job else 1)
    held = _select_held([claimed])
    if delay is None:
        held.update(status=FAILED, finished_at=timezone.now(), **told)
        return
    priority = max(claimed.priority - RETRY_PRIORITY_LOSS, MIN_PRIORITY)
    with transaction.atomic():
        if held.update(status=READY, run_after=timezone.now() + delay, priority=priority, **told):
            retake_keys([claimed.id])


@transaction.atomic
def return_jobs(claimed: Collection[ClaimedJob]) -> None:
    """Give jobs back as if they had not been claimed: a worker that ends leaves them to the others."""
    ids = [job.id for job in claimed if _undo_claim(job)]
    if ids:
        retake_keys(ids)


def _undo_claim(claimed: ClaimedJob) -> bool:
    kept = "worker_ids - -1" if connection.vendor == "postgresql" else "json_remove(worker_ids, '$[#-1]')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET status = 'READY', started_at = NULL, worker_ids = {kept}"  # noqa: S608
            " WHERE id = %s AND status = 'RUNNING' AND started_at = %s",
            [_adapt_id(claimed.id), connection.ops.adapt_datetimefield_value(claimed.started_at)],
        )
        return cursor.rowcount == 1


def _select_held(claimed: Collection[ClaimedJob]) -> Any:
    return DBTaskResult.objects.filter(
        pk__in=[job.id for job in claimed], status=RUNNING, started_at__in={job.started_at for job in claimed}
    )


def retake_keys(job_ids: Sequence[UUID]) -> None:
    """Let jobs that wait again have their keys, but for those that others have by now."""
    for key in JobKey.objects.filter(job__in=job_ids):
        with suppress(IntegrityError), transaction.atomic():
            JobKey.objects.filter(pk=key.pk).update(is_waiting=True)


def _build_claim(lane: Lane, worker: str, limit: int, now: datetime) -> tuple[str, list[Any]]:
    """Return the statement and its parameters.

    PostgreSQL passes over rows that another worker is claiming, or that a transaction holds by their key. There the
    array is what keeps the planner from asking for the rows more than once, and so for more than `limit`.
    """
    condition, values = lane.build_condition()
    due = (
        f"SELECT id FROM {TABLE} WHERE {condition} AND run_after <= %s"  # noqa: S608  values are parameters
        " ORDER BY priority DESC, run_after, enqueued_at LIMIT %s"
    )
    if connection.vendor == "postgresql":
        matches = f"id = ANY(ARRAY({due} FOR UPDATE SKIP LOCKED))"
        ids, length = "worker_ids || to_jsonb(%s::text)", "jsonb_array_length(worker_ids)"
    else:
        matches = f"id IN ({due})"
        ids, length = "json_insert(worker_ids, '$[#]', %s)", "json_array_length(worker_ids)"
    sql = (
        f"UPDATE {TABLE} SET status = 'RUNNING', started_at = %s, worker_ids = {ids} WHERE {matches}"  # noqa: S608
        f" RETURNING id, task_path, args_kwargs, priority, run_after, enqueued_at, {length}"
    )
    time = connection.ops.adapt_datetimefield_value(now)
    return sql, [time, worker, *values, time, limit]


def _adapt_id(job_id: UUID) -> str | UUID:
    return job_id if connection.features.has_native_uuid_field else job_id.hex


def _read_claim(row: Sequence[Any], queue: str, now: datetime) -> ClaimedJob:
    job_id, kind, arguments, priority, _, _, attempt = row
    return ClaimedJob(
        id=UUID(str(job_id)),
        kind=kind,
        queue=queue,
        arguments=json.loads(arguments)["kwargs"],
        priority=priority,
        attempt=attempt,
        started_at=now,
    )
