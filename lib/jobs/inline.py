"""Run due jobs on the present thread: for tests, and for commands that wait for their jobs."""

from __future__ import annotations

from django.db import connection, transaction

from lib.jobs.claiming import ClaimedJob, claim_jobs, store_failure, store_successes
from lib.jobs.execution import run_job
from lib.jobs.queues import QUEUES

WORKER = "inline"


def run_due(queue: str | None) -> int:
    """Run what is due in a queue, or in all in their order, until nothing is; return how many runs that took."""
    count = 0
    while claimed := _claim_next(queue):
        if (error := _run_in_savepoint(claimed)) is None:
            store_successes([claimed])
        else:
            store_failure(claimed, error)
        count += 1
    return count


def _claim_next(queue: str | None) -> ClaimedJob | None:
    for name in (queue,) if queue else QUEUES:
        if claimed := claim_jobs(queue=name, worker=WORKER, limit=1):
            return claimed[0]
    return None


def _run_in_savepoint(claimed: ClaimedJob) -> BaseException | None:
    """Run a job; inside a transaction, undo what one that failed has written, as on a worker."""
    if not connection.in_atomic_block:
        return run_job(claimed)
    with transaction.atomic():
        error = run_job(claimed)
        if error is not None:
            transaction.set_rollback(True)
    return error
