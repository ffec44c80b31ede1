"""Find the series that are to go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from tasks.models import Task
from tasks.work.services.recurring import find_series_zone

# Of one run; the others follow a minute later.
MAX_CONTINUED = 200


class DueSeries(NamedTuple):
    """The last task of a series, which is due."""

    task_id: UUID
    project_id: UUID


def list_due_series(now: datetime) -> list[DueSeries]:
    """Return the last tasks of series that go on when these are due: at their time, or as their day begins. One query.

    Completed ones are among them.
    """
    last = Task.objects.standing().filter(
        repetition=Task.Repetition.WHEN_DUE,
        next_recurrence=None,
        due_date__lte=now.astimezone(UTC).date() + timedelta(days=1),
        project__deleted_at=None,
        project__archived_at=None,
    )
    rows = last.exclude(recurrence="").select_related("creator").order_by("due_date", "pk")[:MAX_CONTINUED]
    return [DueSeries(task.pk, task.project_id) for task in rows if _is_due(task, now)]


def _is_due(task: Task, now: datetime) -> bool:
    if task.due_at is not None:
        return task.due_at <= now
    return task.due_date is not None and task.due_date <= now.astimezone(find_series_zone(task)).date()
