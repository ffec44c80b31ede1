"""Run the workers of this process, once."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lib.jobs.queues import QUEUES

if TYPE_CHECKING:
    from lib.jobs.dispatcher import Dispatcher

# How long a job that runs may take to end once the process was asked to.
STOP_SECONDS = 15.0

_dispatcher: Dispatcher | None = None
_lock = threading.Lock()


def start_workers(*, threads: int, queues: Iterable[str] = QUEUES) -> None:
    """Start to run jobs of some queues, each on so many threads. Without threads, and a second time, do nothing."""
    from lib.jobs.dispatcher import Dispatcher

    global _dispatcher
    with _lock:
        if _dispatcher is None and threads:
            _dispatcher = Dispatcher(dict.fromkeys(queues, threads))
            _dispatcher.start()


def stop_workers(seconds: float = STOP_SECONDS) -> None:
    """Start no further jobs, wait so long for those that run, and give back the others.

    A second call, on another thread, shortens the wait of the first.
    """
    global _dispatcher
    if (dispatcher := _dispatcher) is not None:
        dispatcher.stop(seconds)
        _dispatcher = None
