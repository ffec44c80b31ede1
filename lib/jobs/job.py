"""Declare jobs: functions of a subject's `jobs.py` that run later, on a worker.

A job is a `Task` as Django 6 has it, so that Django's own interface can take the place of this one.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, ParamSpec, Self, cast
from uuid import UUID

from django.utils.module_loading import import_string
from django_tasks.base import Task

from lib.jobs.arguments import check_arguments
from lib.jobs.queues import DEFAULT, QUEUES

P = ParamSpec("P")

DEFAULT_ATTEMPTS = 5
# Ten minutes: what takes longer is split, or says so.
DEFAULT_TIMEOUT = 600.0
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MAX_KEY_LENGTH = 200


class EnqueuedJob(NamedTuple):
    """Stored job; `is_new` is false for one that waited already under the same key."""

    id: UUID
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, None]):
    """Function that workers run, and how they do."""

    # How often it is tried in all, before it has failed for good.
    attempts: int = DEFAULT_ATTEMPTS
    # Seconds after which it counts as hung: its thread is given up, and it is tried again beside it.
    timeout: float = DEFAULT_TIMEOUT
    # Seconds between two starts across all processes; 0 for no limit.
    pause: float = 0
    unique_key: str = ""
    # List among the arguments: the waiting job of the key gets the items of a second one, and all its attempts again.
    gathers: str = ""
    # Cron expression, in UTC; and a read that tells whether there is anything to do then.
    schedule: str = ""
    is_needed: Callable[[], bool] | None = None

    def using(  # type: ignore[override]
        self,
        *,
        run_after: datetime | None = None,
        unique_key: str | None = None,
        priority: int | None = None,
        queue_name: str | None = None,
    ) -> Self:
        """Return the job with other defaults; None leaves one as it is. Priorities go from -100 to 100 (first)."""
        given = {"run_after": run_after, "unique_key": unique_key, "priority": priority, "queue_name": queue_name}
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if len(changes.get("unique_key", "")) > MAX_KEY_LENGTH:
            raise ValueError(f"A unique key has at most {MAX_KEY_LENGTH} characters.")
        return replace(self, **changes)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> EnqueuedJob:  # type: ignore[override]
        """Store the job in the present transaction, with which it commits or vanishes.

        While one of the same key waits, return that. Raise TypeError for arguments that the function does not take, and
        for those that would come back as something else.
        """
        from lib.jobs.services import store_job

        _read_signature(self.func).bind(*args, **kwargs)
        if args:
            raise TypeError("Jobs take their arguments by keyword.")
        check_arguments(kwargs)
        return store_job(job=cast("Job[Any]", self), arguments=kwargs)


# By the path of the function, as modules are imported: all, and those that run by themselves.
declared_jobs: dict[str, Job[Any]] = {}
recurring_jobs: dict[str, Job[[]]] = {}


def job(
    *,
    queue: str = DEFAULT,
    attempts: int = DEFAULT_ATTEMPTS,
    timeout: float = DEFAULT_TIMEOUT,
    rate: str | None = None,
    priority: int = 0,
    gathers: str = "",
) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a job of a function at module level, which takes keyword arguments and is safe to run twice.

    An attempt that takes longer than `timeout` seconds has failed; as no thread can be killed, it may go on beside the
    next one. `rate` bounds the starts across all processes, evenly: "30/m" starts one each two seconds (s, m, h, d).
    `gathers` names a list among the arguments: while a job of the same key waits, it gets the items of a second one.
    """
    if queue not in QUEUES:
        raise ValueError(f"There is no queue {queue!r}: {', '.join(QUEUES)}")

    def decorate(function: Callable[P, None]) -> Job[P]:
        pause = parse_rate(rate) if rate else 0
        declared = Job(
            func=function,
            queue_name=queue,
            attempts=attempts,
            timeout=timeout,
            pause=pause,
            priority=priority,
            gathers=gathers,
        )
        declared_jobs[declared.module_path] = declared
        return declared

    return decorate


def recurring(schedule: str, *, when: Callable[[], bool] | None = None) -> Callable[[Job[[]]], Job[[]]]:
    """Run a job without arguments by a cron expression in UTC, once per due time across all processes.

    `when` is asked at each of its times, by a read alone: where it says no, nothing is written, and the job stays due
    until a later of its times. What recurs each minute needs one, or a server without work writes each minute.
    """
    from cronsim import CronSim

    CronSim(schedule, datetime(2026, 1, 1))  # raises CronSimError for one that is wrong  # noqa: DTZ001

    def decorate(declared: Job[[]]) -> Job[[]]:
        recurring_jobs[declared.module_path] = scheduled = replace(declared, schedule=schedule, is_needed=when)
        return scheduled

    return decorate


def find_job(kind: str) -> Job[Any] | None:
    """Return the job of a path, such as `accounts.cleanup.jobs.delete_expired`; None where there is none any longer."""
    try:
        found = import_string(kind)
    except ImportError:
        return None
    return found if isinstance(found, Job) else None


def parse_rate(rate: str) -> float:
    """Return the seconds between two starts: 2.0 for "30/m". Raise ValueError for what is no rate."""
    count, _, period = rate.partition("/")
    if not count.isdecimal() or not int(count) or period not in SECONDS:
        raise ValueError(f"A rate is a number and a period, as 30/m: {rate!r}")
    return SECONDS[period] / int(count)


@cache
def _read_signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)
