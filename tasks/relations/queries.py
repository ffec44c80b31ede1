"""Find the relations of tasks that a user sees."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from tasks.models import Task, TaskRelation


def list_relations(*, user: User, task_id: UUID) -> QuerySet[TaskRelation]:
    """Return the relations of a task whose other task the user sees too. Raise Task.DoesNotExist for a hidden task."""
    return relations_of(user, Task.objects.visible_to(user).only("pk").get(pk=task_id))


def relations_of(user: User, task: Task) -> QuerySet[TaskRelation]:
    """Return the relations of a task that a user sees to others that they see too. One query."""
    visible = Task.objects.visible_to(user)
    seen = Q(task=task, other__in=visible) | Q(other=task, task__in=visible)
    return TaskRelation.objects.filter(seen).select_related("task__project", "other__project")


def find_by_key(*, user: User, task_id: UUID, key: str) -> UUID:
    """Return the id of a task by its key, in the organisation of another. Raise Task.DoesNotExist for a hidden one."""
    visible = Task.objects.visible_to(user)
    prefix, _, number = key.upper().rpartition("-")
    organisation = visible.filter(pk=task_id).values("project__organisation")
    found: UUID = visible.values_list("pk", flat=True).get(
        project__organisation__in=organisation, project__key=prefix, number=int(number)
    )
    return found
