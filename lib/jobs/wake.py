"""Wake workers when a job may be due, within this process."""

from __future__ import annotations

import threading

from lib.jobs.queues import QUEUES

# Set when a job of the queue was stored.
job_stored = {queue: threading.Event() for queue in QUEUES}


def wake_workers(queue: str) -> None:
    """Let the workers of a queue look at once. Callable from any thread; never waits."""
    job_stored[queue].set()
