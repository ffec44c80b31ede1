"""Find due jobs, hand them to the threads of their queues, and store how they ended: one thread per process.

It waits without a write to the database: it reads when it is woken, and claims when a job is due and a thread is free.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from django.utils import timezone

from lib.jobs.changes import watch_changes
from lib.jobs.claiming import ClaimedJob, claim_jobs, return_jobs, store_failure, store_successes
from lib.jobs.discovery import import_job_modules
from lib.jobs.job import declared_jobs, recurring_jobs
from lib.jobs.lanes import LONG_AGO, Lane, build_lanes, read_due_times
from lib.jobs.leases import Lease, reap_lost_jobs
from lib.jobs.rates import reserve_start
from lib.jobs.schedules import enqueue_recurring_jobs
from lib.jobs.threads import QueueThreads
from lib.jobs.wake import register_dispatcher

logger = logging.getLogger(__name__)

# A process that was told nothing, as of a job whose time has come on another machine, looks so often.
POLL_SECONDS = 5.0
REAP_EVERY = timedelta(seconds=10)
# After an error of the database: twice as long each time.
FIRST_PAUSE_SECONDS, LAST_PAUSE_SECONDS = 0.25, 5.0
# While jobs that have ended wait to be stored with others.
STORE_SECONDS = 0.05
# Before due jobs that can't be claimed at present are asked for again.
HELD_SECONDS = 0.05


class Dispatcher:
    """Supervisor of the threads of some queues, which outlives every error."""

    def __init__(self, threads: Mapping[str, int]) -> None:
        self.queues = frozenset(threads)
        self._woken = threading.Event()
        self._stop_at: float | None = None
        self._finished: deque[tuple[ClaimedJob, BaseException | None]] = deque()
        self._pools = {
            queue: QueueThreads(queue, count, self._note_end, self._woken.set) for queue, count in threads.items()
        }
        self._lanes: list[Lane] = []
        self._lease = Lease()
        self._reap_at = self._schedule_at = LONG_AGO
        self._ask_again_at: dict[str, datetime] = {}
        self._thread = threading.Thread(target=self._run_dispatcher, name="atrium-jobs", daemon=True)

    def start(self) -> None:
        """Start the thread, and be woken by this process from now on."""
        register_dispatcher(self)
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Start no further jobs, wait so long for the present ones, and give back what has not ended by then.

        A second call, on another thread, shortens the wait.
        """
        register_dispatcher(None)
        self._stop_at = time.monotonic() + seconds
        self._woken.set()
        self._thread.join(seconds + LAST_PAUSE_SECONDS)

    def wake(self) -> None:
        """Look for jobs at once. Callable from any thread."""
        self._woken.set()

    def _note_end(self, claimed: ClaimedJob, error: BaseException | None) -> None:
        self._finished.append((claimed, error))

    def _run_dispatcher(self) -> None:
        changes = watch_changes(self._woken)
        pause = FIRST_PAUSE_SECONDS
        while self._stop_at is None:
            self._woken.clear()
            try:
                seconds = self._do_what_is_due()
                close_old_connections()
                changes.wait(self._woken, seconds)
                pause = FIRST_PAUSE_SECONDS
            except Exception as error:
                _log_error(error)
                self._lease.distrust()
                connection.close()
                self._woken.wait(pause)
                pause = min(2 * pause, LAST_PAUSE_SECONDS)
        changes.stop()
        self._end_jobs()
        connection.close()

    def _do_what_is_due(self) -> float:
        """Do what is due; return after how many seconds something will be, unless the thread is woken."""
        if not self._lanes:
            import_job_modules()
            self._lanes = build_lanes(self.queues, declared_jobs.values())
        for pool in self._pools.values():
            pool.give_up_hung_jobs()
        self._store_ends()
        now = timezone.now()
        if now >= self._reap_at:
            reap_lost_jobs()
            self._reap_at = now + REAP_EVERY
        if now >= self._schedule_at:
            self._schedule_at = enqueue_recurring_jobs(recurring_jobs, self._ask_again_at)
        return self._compute_pause(self._claim_due())

    def _claim_due(self) -> list[datetime]:
        """Claim what is due and wanted; return when lanes with idle threads have their next job."""
        now = timezone.now()
        times = []
        for lane, due_at in zip(self._lanes, read_due_times(self._lanes), strict=True):
            if due_at is None or not (wanted := self._pools[lane.queue].count_wanted()):
                continue  # the end of a job wakes this thread
            opens_at = max(due_at, lane.closed_until)
            if opens_at <= now:
                # Where none was to be had, another worker or a transaction holds them.
                pause = 0 if self._claim_lane(lane, wanted, now) else HELD_SECONDS
                opens_at = max(now + timedelta(seconds=pause), lane.closed_until)
            times.append(opens_at)
        return times

    def _claim_lane(self, lane: Lane, wanted: int, now: datetime) -> int:
        with transaction.atomic():
            self._lease.renew()
            if lane.kind and not reserve_start(lane, now):
                return 0
            claimed = claim_jobs(lane, worker=str(self._lease.worker_id), limit=1 if lane.kind else wanted)
        for job in claimed:
            self._pools[lane.queue].submit(job)
        return len(claimed)

    def _store_ends(self) -> None:
        """Store how jobs ended, and renew the lease while others run. What the database refused is stored later."""
        ended = list(self._finished)
        if ended:
            with transaction.atomic():
                store_successes([claimed for claimed, error in ended if error is None])
                for claimed, error in ended:
                    if error is not None:
                        store_failure(claimed, error)
            for claimed, _ in ended:
                self._finished.popleft()
                self._pools[claimed.queue].forget(claimed)
        if self._is_busy():
            self._lease.renew()

    def _compute_pause(self, times: list[datetime]) -> float:
        now = timezone.now()
        times = [*times, self._reap_at, self._schedule_at]
        if self._is_busy():
            times.append(self._lease.renew_at)
        seconds = min((time - now).total_seconds() for time in times)
        limit = STORE_SECONDS if self._finished else POLL_SECONDS
        return max(0.0, min(seconds, limit))

    def _is_busy(self) -> bool:
        return any(pool.running for pool in self._pools.values())

    def _end_jobs(self) -> None:
        """Wait for the jobs that run, store their ends, and give back the others."""
        waiting = [job for pool in self._pools.values() for job in pool.take_back()]
        try:
            return_jobs(waiting)
            while self._is_busy() and self._stop_at is not None and (left := self._stop_at - time.monotonic()) > 0:
                self._woken.wait(min(left, STORE_SECONDS))
                self._woken.clear()
                self._store_ends()
            self._store_ends()
            return_jobs([job for pool in self._pools.values() for job in pool.running.values()])
            self._lease.release()
        except (DatabaseError, InterfaceError) as error:  # the lease runs out, and another worker takes them
            _log_error(error)


def _log_error(error: Exception) -> None:
    if isinstance(error, (DatabaseError, InterfaceError)):
        logger.warning("Jobs wait for the database: %s", type(error).__name__)
    else:
        logger.error("Jobs were not looked for", exc_info=error)
