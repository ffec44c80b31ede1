"""Put tasks into columns, and into an order there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks.models import Column, Project, Status, Task
from tasks.models.tasks import TaskQuerySet
from tasks.positions import LONG, positions_between, spread_positions
from tasks.work.recording import Recording


def find_column(project: Project, column_id: UUID | None) -> Column | None:
    """Return a column of a project, None for its triage. Raise ValidationError for one of elsewhere."""
    if column_id is None:
        return None
    column: Column | None = Column.objects.filter(project=project, pk=column_id).first()
    if column is None:
        raise ValidationError({"column_id": _("There is no such column in this project.")})
    return column


def first_column(project: Project, status: str) -> Column:
    """Return the first column of a status. Raise ValidationError where a project has none."""
    column: Column | None = Column.objects.filter(project=project, status=status).order_by("position", "pk").first()
    if column is None:
        raise ValidationError({"status": _("This project has no column of that status.")})
    return column


def set_column(recording: Recording, task: Task, column: Column | None) -> None:
    """Give a task a column, and the status and moments that follow from it; its position is another matter."""
    now = timezone.now()
    status = column.status if column else Status.PENDING
    recording.note(task, "column_id", _to_text(task.column_id), _to_text(column.pk if column else None))
    recording.note(task, "status", str(task.status), str(status))
    task.column, task.status = column, status
    if status == Status.IN_PROGRESS and task.started_at is None:
        task.started_at = now
    if status == Status.COMPLETED and task.completed_at is None:
        task.completed_at, task.completed_by = now, recording.actor
        task.snoozed_until = None
        recording.note_completed(task)
    elif status != Status.COMPLETED:
        task.completed_at = task.completed_by = None


PLACED_FIELDS = (
    "column",
    "status",
    "position",
    "started_at",
    "completed_at",
    "completed_by",
    "snoozed_until",
)


def place_tasks(
    recording: Recording,
    tasks: Sequence[Task],
    column: Column | None,
    *,
    after_id: UUID | None = None,
    before_id: UUID | None = None,
) -> None:
    """Give tasks places in a column, in this order: below one task, above another, or at the end.

    A neighbour that is no longer in the column counts for nothing; one of elsewhere is a ValidationError. Spreads the
    whole column out anew where its keys have become long. Two queries, two more then.
    """
    others = in_column(recording.project, column).exclude(pk__in=[task.pk for task in tasks])
    _require_in_project(recording.project, after_id=after_id, before_id=before_id)
    before, after = _find_neighbours(others, after_id, before_id)
    try:
        positions = positions_between(before, after, len(tasks))
    except ValueError:
        positions = []
    if not positions or max(map(len, positions)) > LONG:
        before, after = _spread_out(recording, others, before, after)
        positions = positions_between(before, after, len(tasks))
    for task, position in zip(tasks, positions, strict=True):
        task.position = position
        recording.note_moved(task)


def in_column(project: Project, column: Column | None) -> TaskQuerySet:
    """Return the tasks of a column, or of the triage of a project."""
    tasks = Task.objects.standing().filter(project=project)
    return tasks.filter(column=column) if column else tasks.filter(column=None)


def _require_in_project(project: Project, **neighbours: UUID | None) -> None:
    """Raise ValidationError for neighbours that are no tasks of a project. No query without any."""
    wanted = {field: task_id for field, task_id in neighbours.items() if task_id}
    if not wanted:
        return
    known = set(Task.objects.filter(project=project, pk__in=wanted.values()).values_list("pk", flat=True))
    faults = {
        field: _("There is no such task in this project.") for field, task_id in wanted.items() if task_id not in known
    }
    if faults:
        raise ValidationError(faults)


def _find_neighbours(others: TaskQuerySet, after_id: UUID | None, before_id: UUID | None) -> tuple[str, str]:
    """Return the positions between which a place is wanted; empty ones stand for the start and the end."""
    wanted = [task_id for task_id in (after_id, before_id) if task_id]
    found = dict(others.filter(pk__in=wanted).values_list("pk", "position")) if wanted else {}
    if after_id and (upper := found.get(after_id)) is not None:
        following = others.filter(position__gt=upper).order_by("position", "pk")
        return upper, following.values_list("position", flat=True).first() or ""
    if before_id and (lower := found.get(before_id)) is not None:
        preceding = others.filter(position__lt=lower).order_by("-position", "-pk")
        return preceding.values_list("position", flat=True).first() or "", lower
    return others.order_by("-position", "-pk").values_list("position", flat=True).first() or "", ""


def _spread_out(recording: Recording, others: TaskQuerySet, before: str, after: str) -> tuple[str, str]:
    """Give all tasks of a column new positions in their order; return those of the two neighbours."""
    rows = list(others.in_order().only("pk", "position"))
    renewed = dict(zip((row.pk for row in rows), spread_positions(len(rows)), strict=True))
    former = {row.pk: row.position for row in rows}
    for row in rows:
        row.position = renewed[row.pk]
    Task.objects.bulk_update(rows, ["position"], batch_size=500)
    recording.note_spread()
    above = [row.position for row in rows if former[row.pk] <= before] if before else []
    below = [row.position for row in rows if former[row.pk] > before]
    return (above[-1] if above else "", below[0] if below and after else "")


def _to_text(value: UUID | None) -> str | None:
    return str(value) if value else None
