"""Tell which notifications about tasks their users may still see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from accounts.models import User
from notifications.models import Notification
from tasks.models import Task, TaskAssignee
from tasks.notifying.names import ASSIGNED, DUE


def list_task_ids(row: Notification) -> list[UUID]:
    """Return the ids of the tasks that a notification is about: one, or all that one call has changed."""
    several = row.data.get("task_ids")
    return [UUID(each) for each in several] if several else [row.subject] if row.subject else []


def filter_tasks(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those of which the reader still sees a task, and is to do it where they were told so. Two queries."""
    ids = {task_id for row in rows for task_id in list_task_ids(row)}
    visible = set(Task.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    own = set(TaskAssignee.objects.filter(user=reader, task__in=visible).values_list("task", flat=True))
    return [row for row in rows if any(_list_shown(row, visible, own))]


def _list_shown(row: Notification, visible: set[UUID], own: set[UUID]) -> Iterator[UUID]:
    shown = own if row.kind in (ASSIGNED, DUE) else visible
    return (task_id for task_id in list_task_ids(row) if task_id in shown)
