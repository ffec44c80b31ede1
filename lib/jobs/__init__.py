"""Work that outlives its request: jobs are stored with the change that causes them, and survive a kill.

What the other apps use stands here; `docs/background-work.md` shows how.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from lib.jobs.errors import JobAborted, JobError, RetryLater
from lib.jobs.job import EnqueuedJob, Job, job, recurring

__all__ = [
    "EnqueuedJob", "Job", "JobAborted", "JobError", "RetryLater", "cancel_jobs", "job", "move_jobs", "recurring",
    "run_due_jobs",
]  # fmt: skip


def cancel_jobs(*, unique_key: str) -> int:
    """Cancel the job of a key that waits; return how many did: one or none. What runs already goes on."""
    from lib.jobs.services import cancel_waiting_jobs

    return cancel_waiting_jobs(unique_key=unique_key)


def move_jobs(*, unique_keys: Collection[str], run_after: datetime) -> int:
    """Let the jobs of keys that wait run at another time; return how many do. What runs already is left alone."""
    from lib.jobs.services import move_waiting_jobs

    return move_waiting_jobs(unique_keys=unique_keys, run_after=run_after)


def run_due_jobs(*, queue: str | None = None) -> int:
    """Run what is due in a queue, or in all, on this thread until nothing is; return how many runs that took.

    For tests and commands. A job that fails waits for its next attempt, as ever.
    """
    from lib.jobs.inline import run_due

    return run_due(queue)
