"""Wake workers when a job may be due: those of this process at once, else those of others by the database."""

from __future__ import annotations

import logging
from typing import Protocol

from django.db import Error, connection

logger = logging.getLogger(__name__)

# Of PostgreSQL's NOTIFY.
CHANNEL = "atrium_jobs"


class WakesWorkers(Protocol):
    """Dispatcher of this process."""

    queues: frozenset[str]

    def wake(self) -> None:
        """Look for jobs at once."""


_dispatcher: WakesWorkers | None = None


def register_dispatcher(dispatcher: WakesWorkers | None) -> None:
    """Name the dispatcher of this process, or that there is none any longer."""
    global _dispatcher
    _dispatcher = dispatcher


def wake_workers(queue: str) -> None:
    """Let workers of a queue look at once. Call it after the commit; it never waits for them.

    Other processes on SQLite see by themselves that the file has changed (`lib.jobs.changes`).
    """
    dispatcher = _dispatcher
    if dispatcher is not None and queue in dispatcher.queues:
        dispatcher.wake()
    elif connection.vendor == "postgresql":
        _notify_processes()


def _notify_processes() -> None:
    """Tell other processes after the commit: NOTIFY within a transaction makes all commits of the server queue up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    except Error:
        logger.info("Workers were not told of a job; they look by themselves")
