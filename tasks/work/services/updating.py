"""Change tasks, complete them and open them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Column, Project, Status, Task, TaskChange
from tasks.permissions import lock_project
from tasks.work.changing import SAVED, apply_changes, apply_people_and_labels
from tasks.work.conflicts import require_unchanged
from tasks.work.locking import lock_project_of, lock_task, lock_tasks
from tasks.work.placing import find_column, first_column, place_tasks, set_column
from tasks.work.queries import load_tasks
from tasks.work.recording import Recording
from tasks.work.services.recurring import finish_changes


def update_task(*, actor: User, task_id: UUID, version: int | None = None, **changes: Any) -> Task:
    """Change fields of a task, as `TaskPatch` has them. With the `version` that the actor knows of, fields merge.

    Only those that others have changed since raise FieldsChanged. Raise Task.DoesNotExist for a hidden task,
    PermissionDenied where the actor may not write, ValidationError for what can't be.
    """
    try:
        with transaction.atomic():
            project = lock_project_of(actor, task_id)
            task = lock_task(project, task_id)
            require_unchanged(task, actor, version, changes)
            recording = Recording(actor, project)
            save_changes(recording, task, changes)
            finish_changes(recording)
    except IntegrityError as error:
        raise Conflict(_("There is a task with this external id already.")) from error
    return load_tasks([task_id])[0]


@transaction.atomic
def update_tasks(
    *, actor: User, project_id: UUID, task_ids: Collection[UUID], changes: Mapping[str, Any]
) -> list[Task]:
    """Change the same fields of many tasks of a project, all or none. Raise Task.DoesNotExist for one of elsewhere."""
    recording = Recording(actor, lock_project(actor, project_id))
    for task in lock_tasks(recording.project, task_ids):
        save_changes(recording, task, changes)
    finish_changes(recording)
    return load_tasks(task_ids)


@transaction.atomic
def complete_task(*, actor: User, task_id: UUID) -> Task:
    """Put a task into the first column of completed ones, unless it is in one. Twice changes nothing."""
    return _change_status(actor, task_id, is_completed=True)


@transaction.atomic
def reopen_task(*, actor: User, task_id: UUID) -> Task:
    """Put a completed task back into the column that it came from, or the first one of pending ones."""
    return _change_status(actor, task_id, is_completed=False)


@transaction.atomic
def move_tasks(
    *,
    actor: User,
    project_id: UUID,
    task_ids: Collection[UUID],
    column_id: UUID | None,
    after_id: UUID | None = None,
    before_id: UUID | None = None,
) -> list[Task]:
    """Put tasks of a project into a column, in this order: below or above another task, or at the end."""
    recording = Recording(actor, lock_project(actor, project_id))
    column = find_column(recording.project, column_id)
    tasks = lock_tasks(recording.project, task_ids)
    for task in tasks:
        set_column(recording, task, column)
    place_tasks(recording, tasks, column, after_id=after_id, before_id=before_id)
    for task in tasks:
        task.save(update_fields=[*SAVED, "version", "updated_at"])
    finish_changes(recording)
    return load_tasks(task_ids)


def save_changes(recording: Recording, task: Task, changes: Mapping[str, Any]) -> None:
    """Apply the chosen fields to a task that is locked, and store it where one has changed."""
    apply_changes(recording, task, changes)
    task.clean_fields(exclude=["project", "column", "parent", "creator", "completed_by", "message"])
    apply_people_and_labels(recording, task, changes)
    if task.version == recording.version:
        task.save(update_fields=[*SAVED, "version", "updated_at"])


def _change_status(actor: User, task_id: UUID, *, is_completed: bool) -> Task:
    project = lock_project_of(actor, task_id)
    task = lock_task(project, task_id)
    if task.is_completed != is_completed:
        recording = Recording(actor, project)
        column = first_column(project, Status.COMPLETED) if is_completed else _former_column(project, task)
        set_column(recording, task, column)
        place_tasks(recording, [task], column)
        task.save(update_fields=[*SAVED, "version", "updated_at"])
        finish_changes(recording)
    return load_tasks([task_id])[0]


def _former_column(project: Project, task: Task) -> Column:
    """Return the column that a completed task came from, while it stands and isn't one of completed tasks itself."""
    moves = TaskChange.objects.filter(task=task, field="column_id").order_by("-version", "-pk")
    former = moves.values_list("before", flat=True).first()
    column: Column | None = None
    if former:
        column = Column.objects.filter(project=project, pk=former).exclude(status=Status.COMPLETED).first()
    return column or first_column(project, Status.PENDING)
