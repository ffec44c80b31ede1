"""Shapes of jobs, for system administrators."""

from __future__ import annotations

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from lib.jobs.queries import JobDescription, JobState, describe_job
from lib.jobs.statistics import KindStatistics
from lib.web.schemas import Schema, Timestamp

KindName = Annotated[str, StringConstraints(max_length=200, pattern=r"^[\w.]*$")]


class JobFilters(Schema):
    """Filters of jobs. What is left out, or left empty, does not filter."""

    state: JobState | None = None
    kind: KindName | None = Field(default=None, description="As `lib.mail.jobs.deliver_mail`.")


class JobOut(Schema):
    """A job, without its arguments. `error` is where its last attempt failed and by what, not what it was about."""

    id: UUID
    kind: str
    queue: str
    state: JobState
    attempts: int
    max_attempts: int
    enqueued_at: Timestamp
    due_at: Timestamp
    started_at: Timestamp | None
    finished_at: Timestamp | None
    error: str | None

    @classmethod
    def of(cls, job: JobDescription) -> Self:
        """Return the shape of a described job."""
        return cls.model_construct(
            id=job.id,
            kind=job.kind,
            queue=job.queue,
            state=job.state,
            attempts=job.attempts,
            max_attempts=job.max_attempts,
            enqueued_at=job.enqueued_at,
            due_at=job.run_after,
            started_at=job.started_at,
            finished_at=job.finished_at,
            error=job.error or None,
        )

    @classmethod
    def of_row(cls, row: Any) -> Self:
        """Return the shape of a row of `select_jobs`."""
        return cls.of(describe_job(row))


class HourOut(Schema):
    """Jobs that ended in an hour."""

    begins_at: Timestamp
    done: int
    failed: int


class KindOut(Schema):
    """Jobs of one kind: those that wait, are delayed and run; and those that ended in the last day, hour by hour.

    `wait` is from when a job was due until it began, `run` from there to its end, in milliseconds: of the median job,
    and of the one that is slower than 95 % of them. `next_at` is when a recurring job is due.
    """

    kind: str
    queue: str
    waiting: int
    delayed: int
    running: int
    done: int
    failed: int
    median_wait_ms: float | None
    slow_wait_ms: float | None
    median_run_ms: float | None
    slow_run_ms: float | None
    next_at: Timestamp | None
    hours: list[HourOut]

    @classmethod
    def of(cls, kind: KindStatistics) -> Self:
        """Return the shape of the statistics of a kind."""
        names = ("kind", "queue", "waiting", "delayed", "running", "done", "failed", "next_at")
        return cls.model_construct(
            hours=[HourOut.model_construct(**hour._asdict()) for hour in kind.hours],
            median_wait_ms=_convert_to_ms(kind.median_wait),
            slow_wait_ms=_convert_to_ms(kind.slow_wait),
            median_run_ms=_convert_to_ms(kind.median_run),
            slow_run_ms=_convert_to_ms(kind.slow_run),
            **{name: getattr(kind, name) for name in names},
        )


class StateCounts(Schema):
    """How many jobs are in each state, as far as their rows are kept."""

    waiting: int
    delayed: int
    running: int
    done: int
    failed: int
    cancelled: int


class JobStatisticsOut(Schema):
    """All jobs by state, and the kinds of jobs."""

    states: StateCounts
    kinds: list[KindOut]


def _convert_to_ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
