"""Run the claimed jobs of one queue on threads of its own, and replace a thread whose job hangs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import NamedTuple
from uuid import UUID

from django.db import connections

from lib.db.threads import NICE, call_with_fresh_connection, lower_priority
from lib.jobs.claiming import ClaimedJob
from lib.jobs.errors import JobTimedOut
from lib.jobs.execution import run_job
from lib.jobs.job import DEFAULT_TIMEOUT, find_job

logger = logging.getLogger(__name__)

# Quick jobs are claimed ahead, as many as take this long in all, so that a claim is worth its transaction.
AHEAD_SECONDS = 0.02
MAX_AHEAD = 64
# Weight of the latest job in the average of how long they take.
WEIGHT = 0.2
# How many jobs end before they are stored, while others wait for their turn.
STORE_TOGETHER = 16

Report = Callable[[ClaimedJob, BaseException | None], None]


class _Run(NamedTuple):
    """Job that a thread runs, and when it has begun."""

    claimed: ClaimedJob
    since: float


class QueueThreads:
    """Threads of one queue, which start with its first jobs and end with the process."""

    def __init__(self, queue: str, count: int, report: Report, wake: Callable[[], None]) -> None:
        self.queue = queue
        self.running: dict[UUID, ClaimedJob] = {}
        self._count = count
        self._report = report
        self._wake = wake
        self._waiting: SimpleQueue[ClaimedJob | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        # By thread. Who takes an entry out says how the job ended: its thread, or who gives that up.
        self._runs: dict[threading.Thread, _Run] = {}
        self._unstored = 0
        # Until one has run, a job counts as slow: none waits behind it while other processes are idle.
        self._average = AHEAD_SECONDS

    def count_wanted(self) -> int:
        """Return how many more jobs to claim: one per idle thread, and some ahead where they are quick."""
        limit = max(self._count, min(MAX_AHEAD, int(self._count * AHEAD_SECONDS / max(self._average, 1e-6))))
        held = len(self.running)
        # A half-full queue has enough to do until a claim is worth while again.
        return 0 if held > limit // 2 and limit > self._count else max(0, limit - held)

    def submit(self, claimed: ClaimedJob) -> None:
        """Hand a claimed job to the threads."""
        self.running[claimed.id] = claimed
        if len(self._threads) < min(self._count, len(self.running)):
            self._start_thread()
        self._waiting.put(claimed)

    def give_up_hung_jobs(self) -> None:
        """Let jobs fail that take longer than their kinds may, and put new threads in the place of theirs.

        No thread can be killed: what a hung one does when it goes on is stored nowhere, and it ends after its job.
        """
        now = time.monotonic()
        for thread, (claimed, since) in list(self._runs.items()):
            job = find_job(claimed.kind)
            timeout = job.timeout if job else DEFAULT_TIMEOUT
            if now - since > timeout and self._runs.pop(thread, None) is not None:
                error = JobTimedOut(f"It took longer than {timeout:g} seconds. Its thread was given up, and may go on.")
                logger.error("Job %s hangs, attempt %d: its thread is given up", claimed.kind, claimed.attempt)
                self._report(claimed, error)
                self._threads.remove(thread)
                self._start_thread()

    def take_back(self) -> list[ClaimedJob]:
        """Return the jobs that have not begun, which will not either, and end the threads after their present ones."""
        taken = []
        while True:
            try:
                claimed = self._waiting.get_nowait()
            except Empty:
                break
            if claimed is not None:
                taken.append(claimed)
                self.running.pop(claimed.id, None)
        for _ in self._threads:
            self._waiting.put(None)
        return taken

    def forget(self, claimed: ClaimedJob) -> None:
        """Note that the end of a job is stored. Called by the dispatcher alone, as all but the threads."""
        self.running.pop(claimed.id, None)

    def _start_thread(self) -> None:
        thread = threading.Thread(target=self._run_waiting, name=f"atrium-jobs-{self.queue}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run_waiting(self) -> None:
        lower_priority(NICE)
        thread = threading.current_thread()
        while (claimed := self._waiting.get()) is not None:
            self._runs[thread] = _Run(claimed, time.monotonic())
            error = _run_on_thread(claimed)
            run = self._runs.pop(thread, None)
            if run is None:  # given up meanwhile: another thread has taken this one's place
                logger.error("Job %s has ended after all, attempt %d: nothing is stored", claimed.kind, claimed.attempt)
                break
            self._note_end(run, error)
        connections.close_all()

    def _note_end(self, run: _Run, error: BaseException | None) -> None:
        self._average += WEIGHT * (time.monotonic() - run.since - self._average)
        self._report(run.claimed, error)
        self._unstored += 1
        # One whose worker was lost is stored at once, so that a second loss finds it ended.
        if self._waiting.empty() or self._unstored >= STORE_TOGETHER or run.claimed.attempt > 1:
            self._unstored = 0
            self._wake()


def _run_on_thread(claimed: ClaimedJob) -> BaseException | None:
    try:
        return call_with_fresh_connection(run_job, claimed)
    except Exception as failure:  # of the connection, around the job: the thread goes on
        return failure
