"""Tell living workers from dead ones: a worker renews its lease while it runs jobs, and loses them after it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from uuid_utils.compat import uuid7

from lib.jobs.claiming import ClaimedJob, store_failure
from lib.jobs.errors import WorkerLost
from lib.jobs.job import find_job
from lib.jobs.models import Worker
from lib.jobs.table import BACKEND, RUNNING

LEASE = timedelta(seconds=30)
RENEW_AFTER = timedelta(seconds=10)
# A command that runs jobs on its own thread renews nothing meanwhile.
INLINE_LEASE = timedelta(hours=1)


class Lease:
    """Lease of one worker. It has no row, and so costs no write, before its first job."""

    def __init__(self, length: timedelta = LEASE) -> None:
        self.worker_id: UUID = uuid7()
        self._length = length
        self._renewed_at: datetime | None = None

    @property
    def renew_at(self) -> datetime:
        """When it has to be renewed, if it is needed then."""
        return self._renewed_at + RENEW_AFTER if self._renewed_at else timezone.now()

    def renew(self) -> None:
        """Extend the lease where a third of it has passed. Call it before each claim, and while jobs run."""
        now = timezone.now()
        if self._renewed_at is not None and now < self.renew_at:
            return
        until = now + self._length
        if not Worker.objects.filter(pk=self.worker_id).update(leased_until=until):
            name = f"{socket.gethostname()}:{os.getpid()}"
            Worker.objects.create(id=self.worker_id, name=name, started_at=now, leased_until=until)
        self._renewed_at = now

    def distrust(self) -> None:
        """Renew the lease the next time in any case: the transaction that did so may have been rolled back."""
        self._renewed_at = None

    def release(self) -> None:
        """End the lease of a worker that holds no jobs any more."""
        Worker.objects.filter(pk=self.worker_id).delete()
        self._renewed_at = None


@contextmanager
def hold_inline_lease() -> Iterator[Lease]:
    """Hold a lease for jobs that run on the present thread."""
    lease = Lease(INLINE_LEASE)
    try:
        yield lease
    finally:
        lease.release()


def reap_lost_jobs() -> int:
    """Give the jobs of dead workers back, or let them fail after their last attempt; return how many there were.

    A read, as long as there are none.
    """
    lost = _find_lost_jobs()
    for claimed in lost:
        _reap_job(claimed)
    return len(lost)


def _find_lost_jobs() -> list[ClaimedJob]:
    # In this order: a worker has its lease before it claims.
    running = list(DBTaskResult.objects.filter(status=RUNNING, backend_name=BACKEND))
    if not running:
        return []
    alive = {str(pk) for pk in Worker.objects.filter(leased_until__gt=timezone.now()).values_list("pk", flat=True)}
    return [_describe_row(row) for row in running if not row.worker_ids or row.worker_ids[-1] not in alive]


def _describe_row(row: DBTaskResult) -> ClaimedJob:
    return ClaimedJob(
        id=row.id,
        kind=row.task_path,
        queue=row.queue_name,
        arguments={},
        priority=row.priority,
        attempt=len(row.worker_ids),
        started_at=row.started_at or row.enqueued_at,
    )


@transaction.atomic
def _reap_job(claimed: ClaimedJob) -> None:
    """Let a job wait again: the first time at once, later as after a failure, since it may be what ended its worker."""
    job = find_job(claimed.kind)
    error = WorkerLost("Its worker ended while it ran.")
    if claimed.attempt == 1 and job is not None and job.attempts > 1:
        store_failure(claimed, error, delay=timedelta(0))
    else:
        store_failure(claimed, error)
