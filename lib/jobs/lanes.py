"""Divide the jobs into lanes: one per queue, and one per kind that has a rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from lib.jobs.job import Job
from lib.jobs.table import BACKEND, TABLE

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Lane:
    """What is claimed together: a queue without the kinds that have a rate, or one of these."""

    queue: str
    excluded: tuple[str, ...] = ()
    kind: str = ""
    # Seconds between two starts of the kind, across all processes; and until when this process need not ask.
    pause: float = 0
    closed_until: datetime = field(default=LONG_AGO)

    def build_condition(self) -> tuple[str, list[Any]]:
        """Return the SQL that waiting jobs of the lane fulfil, and its parameters."""
        sql, parameters = f"status = 'READY' AND backend_name = '{BACKEND}' AND queue_name = %s", [self.queue]
        if self.kind:
            return f"{sql} AND task_path = %s", [*parameters, self.kind]
        if self.excluded:
            places = ", ".join(["%s"] * len(self.excluded))
            return f"{sql} AND task_path NOT IN ({places})", [*parameters, *self.excluded]
        return sql, parameters


def build_lanes(queues: Iterable[str], jobs: Iterable[Job[Any]]) -> list[Lane]:
    """Return the lanes of some queues, where these jobs are declared."""
    paced = [job for job in jobs if job.pause]
    lanes = []
    for queue in queues:
        kinds = [job for job in paced if job.queue_name == queue]
        lanes.append(Lane(queue, excluded=tuple(job.module_path for job in kinds)))
        lanes += [Lane(queue, kind=job.module_path, pause=job.pause) for job in kinds]
    return lanes


def read_due_times(lanes: Sequence[Lane]) -> list[datetime | None]:
    """Return when the first job of each lane is due, or was; None where none waits. One read, which locks nothing."""
    selects, parameters = [], []
    for number, lane in enumerate(lanes):
        condition, values = lane.build_condition()
        first = f"(SELECT run_after FROM {TABLE} WHERE {condition} ORDER BY run_after LIMIT 1)"  # noqa: S608
        selects.append(f"SELECT {number}, {first}")
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), parameters)
        times = {number: read_time(value) for number, value in cursor.fetchall()}
    return [times[number] for number in range(len(lanes))]


def read_time(value: Any) -> datetime | None:
    """Return a time that the database gave to a statement of ours: SQLite gives a text without its zone."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if value else None
