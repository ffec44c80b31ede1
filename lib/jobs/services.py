"""Store jobs, and move or cancel those that wait."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from uuid_utils.compat import uuid7

from lib.jobs.claiming import retake_keys
from lib.jobs.errors import JobCancelled, name_error
from lib.jobs.job import EnqueuedJob, Job
from lib.jobs.models import JobKey, Worker
from lib.jobs.table import BACKEND, FAILED, READY, SUCCESSFUL, TABLE
from lib.jobs.wake import wake_workers

# A key that is freed and taken again between two looks at it: more often than this it is no accident.
KEY_ATTEMPTS = 5
# Items of a waiting job, of which it keeps the last.
MAX_GATHERED = 200
# How long administrators see what was done, and what has failed or was cancelled.
KEEP_DONE, KEEP_FAILED = timedelta(days=1), timedelta(days=30)
# Of a job that has not run.
UNSET = {"worker_ids": "[]", "exception_class_path": "", "traceback": ""}
# Rows that are deleted in one transaction.
DELETE_TOGETHER = 500


def store_job(*, job: Job[Any], arguments: Mapping[str, Any]) -> EnqueuedJob:
    """Store a job in the present transaction and wake a worker after its commit; return one of the same key instead."""
    if not job.unique_key:
        stored = EnqueuedJob(_insert_job(job, arguments), is_new=True)
    else:
        stored = _store_once(job, arguments)
    # For one that waited already, too: its worker may have passed over it while this transaction held it.
    transaction.on_commit(lambda: wake_workers(job.queue_name), robust=True)
    return stored


def cancel_waiting_jobs(*, unique_key: str) -> int:
    """Cancel the job of a key that waits; return how many did."""
    waiting = JobKey.objects.filter(key=unique_key, is_waiting=True).values_list("job_id", flat=True)
    return sum(cancel_job(job_id=job_id) for job_id in waiting)


@transaction.atomic
def move_waiting_jobs(*, unique_keys: Collection[str], run_after: datetime) -> int:
    """Let the jobs of keys that wait run at another time; return how many do."""
    waiting = DBTaskResult.objects.filter(unique_key__key__in=unique_keys, unique_key__is_waiting=True, status=READY)
    # Held in one order by all, which is that of the keys.
    held = list(waiting.select_for_update(of=("self",)).order_by("unique_key__key").values_list("pk", "queue_name"))
    moved = DBTaskResult.objects.filter(pk__in=[pk for pk, _ in held], status=READY).update(run_after=run_after)
    for queue in {queue for _, queue in held}:
        transaction.on_commit(partial(wake_workers, queue), robust=True)
    return moved


@transaction.atomic
def cancel_job(*, job_id: UUID) -> bool:
    """Cancel a job; return whether it still waited. Its row is kept for a while, as that of one that failed.

    False for one that runs or has ended. Raise DoesNotExist where there is none.
    """
    DBTaskResult.objects.only("pk").get(pk=job_id)
    cancelled = DBTaskResult.objects.filter(pk=job_id, status=READY).update(
        status=FAILED, finished_at=timezone.now(), exception_class_path=name_error(JobCancelled)
    )
    if cancelled:
        JobKey.objects.filter(job=job_id).update(is_waiting=False)
    return bool(cancelled)


@transaction.atomic
def retry_job(*, job_id: UUID) -> bool:
    """Let a job that failed, was cancelled or waits for its time run now, with all its attempts.

    Return whether it will: false for one that runs or is done. Raise DoesNotExist where there is none.
    """
    row = DBTaskResult.objects.defer("args_kwargs").get(pk=job_id)
    changed = DBTaskResult.objects.filter(pk=job_id, status__in=[READY, FAILED]).update(
        status=READY, run_after=timezone.now(), finished_at=None, worker_ids=[]
    )
    if changed:
        retake_keys([job_id])
        transaction.on_commit(lambda: wake_workers(row.queue_name), robust=True)
    return bool(changed)


def delete_ended_jobs() -> int:
    """Delete what ended long ago in all queues, some at a time, and leases that are long over; return how many jobs."""
    now = timezone.now()
    _select_old_workers(now).delete()
    deleted = 0
    while ids := list(_select_old_jobs(now).values_list("pk", flat=True)[:DELETE_TOGETHER]):
        with transaction.atomic():
            JobKey.objects.filter(job__in=ids).delete()
            deleted += DBTaskResult.objects.filter(pk__in=ids).delete()[0]
    return deleted


def has_old_rows() -> bool:
    """Tell whether `delete_ended_jobs` would delete anything, by reads alone."""
    now = timezone.now()
    return bool(_select_old_jobs(now).exists()) or _select_old_workers(now).exists()


def _select_old_jobs(now: datetime) -> Any:
    done = Q(status=SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
    failed = Q(status=FAILED, finished_at__lt=now - KEEP_FAILED)
    return DBTaskResult.objects.filter(done | failed).order_by()


def _select_old_workers(now: datetime) -> Any:
    return Worker.objects.filter(leased_until__lt=now - KEEP_DONE)


def _store_once(job: Job[Any], arguments: Mapping[str, Any]) -> EnqueuedJob:
    with transaction.atomic():
        for _ in range(KEY_ATTEMPTS):
            if (waiting := _hold_waiting_job(job.unique_key, changes=bool(job.gathers))) is not None:
                if job.gathers:
                    _add_items(waiting, job.gathers, arguments[job.gathers])
                return EnqueuedJob(waiting, is_new=False)
            try:
                with transaction.atomic():
                    job_id = _insert_job(job, arguments)
                    JobKey.objects.create(job_id=job_id, key=job.unique_key)
                    return EnqueuedJob(job_id, is_new=True)
            except IntegrityError:  # another transaction was first, and has committed
                continue
    raise RuntimeError(f"No job could be stored under the key {job.unique_key!r}")


def _add_items(job_id: UUID, name: str, items: Sequence[Any]) -> None:
    """Add items to a list among the arguments of a job that waits and is held; let it have all its attempts again."""
    row = DBTaskResult.objects.only("args_kwargs").get(pk=job_id)
    gathered = row.args_kwargs["kwargs"][name]
    gathered += [item for item in items if item not in gathered]
    del gathered[:-MAX_GATHERED]
    DBTaskResult.objects.filter(pk=job_id).update(args_kwargs=row.args_kwargs, worker_ids=[])


def _hold_waiting_job(key: str, *, changes: bool) -> UUID | None:
    """Return the job of a key that waits, and keep it from starting before this transaction has committed.

    Otherwise it could run without seeing what this transaction changes, and nothing would run for that. Several may
    hold it at once, but one that `changes` it. On SQLite the transaction's own lock does the same.
    """
    sql = (
        f"SELECT job.id FROM {TABLE} job JOIN jobs_jobkey held ON held.job_id = job.id"  # noqa: S608
        " WHERE held.key = %s AND held.is_waiting AND job.status = 'READY'"
    )
    if connection.vendor == "postgresql":
        sql += " FOR UPDATE OF job" if changes else " FOR SHARE OF job"
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        row = cursor.fetchone()
    return UUID(str(row[0])) if row else None


def _insert_job(job: Job[Any], arguments: Mapping[str, Any]) -> UUID:
    """Store a row by a statement of our own: this comes with each message, and the model takes three times as long."""
    job_id, now = uuid7(), timezone.now()
    adapt_time = connection.ops.adapt_datetimefield_value
    row = {
        "id": job_id if connection.features.has_native_uuid_field else job_id.hex,
        "status": READY,
        "enqueued_at": adapt_time(now),
        "args_kwargs": json.dumps({"args": [], "kwargs": arguments}),
        "priority": job.priority,
        "task_path": job.module_path,
        "queue_name": job.queue_name,
        "backend_name": BACKEND,
        "run_after": adapt_time(job.run_after or now),
        **UNSET,
    }
    with connection.cursor() as cursor:
        cursor.execute(_build_insert(tuple(row)), list(row.values()))
    return job_id


@cache
def _build_insert(columns: tuple[str, ...]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {TABLE} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608  names alone
