"""Enqueue recurring jobs when they are due: one process moves the time on, and it alone enqueues."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime, timedelta

from cronsim import CronSim
from django.db import transaction
from django.utils import timezone

from lib.jobs.job import Job
from lib.jobs.models import Schedule

# Without any recurring job, this is when they are looked for again.
NEVER = timedelta(days=1)


def enqueue_recurring_jobs(
    jobs: Mapping[str, Job[[]]], ask_again_at: MutableMapping[str, datetime] | None = None
) -> datetime:
    """Enqueue each recurring job that is due, once, however many of its times have passed; return when the next is.

    The time of a new job, and of one with another schedule, begins with now. `ask_again_at` is kept between calls: a
    job that was not needed is asked for at its next time, and not with those of others.
    """
    now = timezone.now()
    if ask_again_at is None:
        ask_again_at = {}
    rows = Schedule.objects.in_bulk(jobs)
    return min((_move_on(job, rows.get(kind), now, ask_again_at) for kind, job in jobs.items()), default=now + NEVER)


def compute_next_time(expression: str, now: datetime) -> datetime:
    """Return the first time of a cron expression after another time."""
    return next(CronSim(expression, now.astimezone(UTC)))


def _move_on(
    job: Job[[]], row: Schedule | None, now: datetime, ask_again_at: MutableMapping[str, datetime]
) -> datetime:
    """Enqueue a job that is due, unless another process has just done so; return its next time."""
    kind, next_at = job.module_path, compute_next_time(job.schedule, now)
    if row is None:
        row, _ = Schedule.objects.get_or_create(kind=kind, defaults={"expression": job.schedule, "due_at": next_at})
    if row.expression != job.schedule:
        Schedule.objects.filter(kind=kind).update(expression=job.schedule, due_at=next_at)
        return next_at
    if row.due_at > now:
        return row.due_at
    if job.is_needed is not None:
        if (later := ask_again_at.get(kind, now)) > now:
            return later
        if not job.is_needed():
            ask_again_at[kind] = next_at
            return next_at
    with transaction.atomic():
        if Schedule.objects.filter(kind=kind, due_at=row.due_at).update(due_at=next_at):
            job.enqueue()
    return next_at
