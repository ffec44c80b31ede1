"""Wake workers when a job may be due, within this process."""

from __future__ import annotations

import threading

# Set when a job of any queue was stored, or has become due.
job_stored = threading.Event()


def wake_workers(queue: str) -> None:
    """Let the workers look at once. Callable from any thread; never waits."""
    job_stored.set()
