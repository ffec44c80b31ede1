"""Run jobs beside what a process does otherwise."""

from __future__ import annotations

import logging
import threading

from lib.db.threads import call_with_fresh_connection
from lib.jobs.inline import run_due
from lib.jobs.queues import QUEUES
from lib.jobs.wake import job_stored

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0

_stopping = threading.Event()


def start_workers() -> None:
    """Start a thread for each queue."""
    for queue in QUEUES:
        threading.Thread(target=_run_queue, args=(queue,), name=f"atrium-jobs-{queue}", daemon=True).start()


def stop_workers() -> None:
    """Start no further jobs."""
    _stopping.set()


def _run_queue(queue: str) -> None:
    while not _stopping.is_set():
        job_stored[queue].clear()
        try:
            call_with_fresh_connection(run_due, queue)
        except Exception:
            logger.exception("The jobs of the queue %s were not run", queue)
        job_stored[queue].wait(POLL_SECONDS)
