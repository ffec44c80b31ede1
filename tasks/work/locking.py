"""Find the tasks that a call changes, in a project that is locked."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from accounts.models import User
from tasks.models import Project, Task
from tasks.permissions import lock_project


def lock_project_of(actor: User, task_id: UUID) -> Project:
    """Return the project of a task, locked as `lock_project` does. Raise Task.DoesNotExist for a hidden task."""
    return lock_project(actor, Task.objects.visible_to(actor).values_list("project", flat=True).get(pk=task_id))


def lock_task(project: Project, task_id: UUID) -> Task:
    """Return a task of a locked project. Raise Task.DoesNotExist for one that is deleted, or of elsewhere."""
    return lock_tasks(project, [task_id])[0]


def lock_tasks(project: Project, task_ids: Collection[UUID]) -> list[Task]:
    """Return tasks of a locked project in the order of their ids given. Raise Task.DoesNotExist as `lock_task` does."""
    rows = Task.objects.standing().filter(project=project, pk__in=task_ids).select_related("column", "parent")
    tasks = {task.pk: task for task in rows}
    for task in tasks.values():
        task.project = project
    try:
        return [tasks[task_id] for task_id in dict.fromkeys(task_ids)]
    except KeyError as error:
        raise Task.DoesNotExist from error
