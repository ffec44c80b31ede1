"""Run functions beside the requests, on a few threads. What waits when the process ends is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import ParamSpec

from lib.db.threads import call_with_fresh_connection

P = ParamSpec("P")

logger = logging.getLogger(__name__)

THREADS = 4
# Bounds the memory, and how late the last one is.
MAX_QUEUED = 500


class BackgroundThreads:
    """Threads that run queued functions; they start with the first one and end with the process."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def enqueue(self, function: Callable[[], None]) -> bool:
        """Queue a function; return False, and drop it, when `MAX_QUEUED` wait already."""
        if self._queue.qsize() >= MAX_QUEUED:
            return False
        self._queue.put(function)
        with self._lock:
            if len(self._threads) < self._count:
                thread = threading.Thread(target=self._run_queued, name="atrium-background", daemon=True)
                self._threads.append(thread)
                thread.start()
        return True

    def _run_queued(self) -> None:
        while True:
            function = self._queue.get()
            try:
                call_with_fresh_connection(function)
            except Exception:
                logger.exception("What ran in the background failed")


def run_in_background(function: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Run a function on another thread soon. It uses the database connection of that thread."""
    if not _threads.enqueue(lambda: function(*args, **kwargs)):
        logger.warning("Too much waits in the background: %s was dropped", function.__name__)


_threads = BackgroundThreads(THREADS)
