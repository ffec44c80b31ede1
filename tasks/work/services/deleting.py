"""Delete tasks and restore them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tasks.models import Project, Task
from tasks.permissions import lock_project
from tasks.work.locking import lock_project_of, lock_tasks
from tasks.work.queries import load_tasks
from tasks.work.recording import DELETION_FIELDS, Recording


@transaction.atomic
def delete_task(*, actor: User, task_id: UUID) -> None:
    """Delete a task with its sub-tasks, until it is restored. Their numbers are not used again."""
    _delete_all(actor, lock_project_of(actor, task_id), [task_id])


@transaction.atomic
def delete_tasks(*, actor: User, project_id: UUID, task_ids: Collection[UUID]) -> None:
    """Delete tasks of a project with their sub-tasks, all or none."""
    _delete_all(actor, lock_project(actor, project_id), task_ids)


@transaction.atomic
def restore_task(*, actor: User, task_id: UUID) -> Task:
    """Restore a deleted task, with the sub-tasks that were deleted with it. Twice changes nothing."""
    visible = Task.objects.filter(project__in=Project.objects.visible_to(actor))
    recording = Recording(actor, lock_project(actor, visible.values_list("project", flat=True).get(pk=task_id)))
    task: Task = Task.objects.get(pk=task_id)
    if task.deleted_at is not None:
        for each in [task, *_find_deleted_with(task)]:
            recording.note_restored(each)
        recording.save()
    return load_tasks([task_id])[0]


def _delete_all(actor: User, project: Project, task_ids: Collection[UUID]) -> None:
    recording, now = Recording(actor, project), timezone.now()
    found = {task.pk: task for task in lock_tasks(project, task_ids)}
    newest = set(found)
    while newest:
        children = Task.objects.standing().filter(project=project, parent__in=newest)
        newest = {child.pk for child in children if child.pk not in found}
        found |= {child.pk: child for child in children}
    for task in found.values():
        recording.note_deleted(task)
        task.deleted_at, task.deleted_by = now, actor
        task.save(update_fields=DELETION_FIELDS)
    recording.save()


def _find_deleted_with(task: Task) -> list[Task]:
    """Return the sub-tasks of all depths that were deleted at the same moment."""
    found: dict[UUID, Task] = {}
    newest = {task.pk}
    while newest:
        children = Task.objects.filter(parent__in=newest, deleted_at=task.deleted_at)
        newest = {child.pk for child in children if child.pk not in found}
        found |= {child.pk: child for child in children}
    return list(found.values())
