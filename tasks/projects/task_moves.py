"""Give the tasks of a column another status or another column, inside the caller's transaction."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from tasks.models import Column, Project, Status, Task
from tasks.work.placing import PLACED_FIELDS, place_tasks, set_column
from tasks.work.recording import Recording
from tasks.work.services.recurring import finish_changes

AT_ONCE = 500
CHANGED = (*PLACED_FIELDS, "version", "updated_at")


def change_status(actor: User, project: Project, column: Column) -> None:
    """Give the tasks of a column its status, those that have another one. The project's row is locked."""
    _put_into_column(actor, project, column, column, is_moved=False)


def move_tasks(actor: User, project: Project, column: Column, target: Column) -> None:
    """Move all tasks of a column in their order behind those of another one. The project's row is locked."""
    _put_into_column(actor, project, column, target, is_moved=True)


def move_deleted_tasks(project: Project, column: Column, target: Column | None) -> None:
    """Let the deleted tasks of a column, should they be restored, come back in another one.

    It is the `target`, else the first of the same status, else that where tasks begin.
    """
    others = project.columns.exclude(pk=column.pk).order_by("position", "pk")
    same, pending = others.filter(status=column.status).first, others.filter(status=Status.PENDING).first
    heir = target or same() or pending()
    if heir is None:  # a board keeps a column where tasks begin
        raise Column.DoesNotExist
    is_completed = heir.status == Status.COMPLETED
    column.tasks.exclude(deleted_at=None).update(
        column=heir,
        status=heir.status,
        completed_at=Coalesce("completed_at", timezone.now()) if is_completed else None,
    )


def _put_into_column(actor: User, project: Project, column: Column, target: Column, *, is_moved: bool) -> None:
    recording, now = Recording(actor, project), timezone.now()
    tasks = list(Task.objects.standing().filter(column=column).in_order())
    if not tasks:
        return
    if is_moved:
        place_tasks(recording, tasks, target)
    else:
        tasks = [task for task in tasks if task.status != target.status]
    for task in tasks:
        set_column(recording, task, target)
        task.updated_at = now
    Task.objects.bulk_update(tasks, CHANGED, batch_size=AT_ONCE)
    finish_changes(recording)
