"""Run due jobs on the present thread: for tests, and for commands that wait for their jobs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from lib.jobs.claiming import ClaimedJob, claim_jobs, return_jobs, store_failure, store_successes
from lib.jobs.discovery import import_job_modules
from lib.jobs.execution import run_job
from lib.jobs.job import declared_jobs
from lib.jobs.lanes import Lane, build_lanes, read_due_times
from lib.jobs.leases import Lease, hold_inline_lease
from lib.jobs.queues import QUEUES
from lib.jobs.rates import reserve_start


def run_due(queue: str | None) -> int:
    """Run what is due in a queue, or in all in their order, until nothing is; return how many runs that took."""
    count = 0
    import_job_modules()
    lanes = build_lanes([queue] if queue else QUEUES, declared_jobs.values())
    with hold_inline_lease() as lease:
        while claimed := _claim_next(lanes, lease):
            _run_claimed(claimed)
            count += 1
    return count


def _claim_next(lanes: Sequence[Lane], lease: Lease) -> ClaimedJob | None:
    now = timezone.now()
    for lane, due_at in zip(lanes, read_due_times(lanes), strict=True):
        if due_at is None or due_at > now or lane.closed_until > now:
            continue
        lease.renew()
        if lane.kind and not reserve_start(lane, now):
            continue
        if claimed := claim_jobs(lane, worker=str(lease.worker_id), limit=1):
            return claimed[0]
    return None


def _run_claimed(claimed: ClaimedJob) -> None:
    try:
        error = _run_in_savepoint(claimed)
    except BaseException:  # as by Ctrl+C
        return_jobs([claimed])
        raise
    if error is None:
        store_successes([claimed])
    else:
        store_failure(claimed, error)


def _run_in_savepoint(claimed: ClaimedJob) -> BaseException | None:
    """Run a job; inside a transaction, undo what one that failed has written, as on a worker."""
    if not connection.in_atomic_block:
        return run_job(claimed)
    with transaction.atomic():
        error = run_job(claimed)
        if error is not None:
            transaction.set_rollback(True)
    return error
