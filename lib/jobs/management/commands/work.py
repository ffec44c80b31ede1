"""`manage.py work`: run background work in a process of its own."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lib.jobs.queues import QUEUES


class Command(BaseCommand):
    """Worker of some queues, beside `serve` or on another machine."""

    help = "Runs background work until it is stopped; then running jobs get 15 seconds, and others may take the rest."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the queues, and how many threads each has."""
        parser.add_argument("--queues", default=",".join(QUEUES), help="Separated by commas; all unless named.")
        parser.add_argument("--concurrency", type=int, default=settings.JOBS or 2, help="Threads of each queue.")

    def handle(self, *, queues: str, concurrency: int, **options: Any) -> None:
        """Run jobs until a signal; a second one gives back at once what runs."""
        from lib.jobs.worker import start_workers, stop_workers

        names = [name.strip() for name in queues.split(",") if name.strip()]
        if unknown := set(names) - set(QUEUES):
            raise CommandError(f"There is no queue {', '.join(sorted(unknown))}. There are: {', '.join(QUEUES)}.")
        if concurrency < 1:
            raise CommandError("At least one thread is needed.")
        stopping = _catch_signals()
        _widen_pool(concurrency * len(names))
        start_workers(threads=concurrency, queues=names)
        self.stdout.write(f"Running jobs of {', '.join(names)} on {concurrency} threads each (Ctrl+C stops it)")
        self.stdout.flush()
        while not stopping.wait(60):
            pass
        stopping.clear()
        stopper = threading.Thread(target=stop_workers)
        stopper.start()
        while stopper.is_alive() and not stopping.wait(0.1):
            pass
        stop_workers(0)


def _widen_pool(threads: int) -> None:
    """Let each thread, and the one that hands out the jobs, have a connection to PostgreSQL."""
    if pool := connection.settings_dict["OPTIONS"].get("pool"):
        pool["max_size"] = max(pool["max_size"], threads + 2)


def _catch_signals() -> threading.Event:
    event = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: event.set())
    return event
