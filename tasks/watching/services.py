"""Watch tasks: who does is told when they are completed or opened again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from chat.models import RoomMember
from lib.db.transactions import after_commit
from tasks.models import Task, TaskWatcher
from tasks.work import events
from tasks.work.locking import lock_project_of, lock_task


@transaction.atomic
def watch_task(*, actor: User, task_id: UUID) -> None:
    """Let the actor hear of a task that they can see. Twice changes nothing."""
    task = Task.objects.visible_to(actor).only("pk", "project_id").get(pk=task_id)
    _store_watcher(task, actor.pk)


@transaction.atomic
def unwatch_task(*, actor: User, task_id: UUID) -> None:
    """Let the actor hear no more of a task. Twice changes nothing."""
    task = Task.objects.visible_to(actor).only("pk", "project_id").get(pk=task_id)
    _drop_watcher(task, actor.pk)


@transaction.atomic
def add_watcher(*, actor: User, task_id: UUID, user_id: UUID) -> None:
    """Let another member of the project hear of a task. Twice changes nothing.

    Raise Task.DoesNotExist for a hidden task, PermissionDenied where the actor may not write, RoomMember.DoesNotExist
    for a user who is not in the project.
    """
    task = lock_task(lock_project_of(actor, task_id), task_id)
    member = RoomMember.objects.get(room=task.project_id, user=user_id, user__is_active=True)
    _store_watcher(task, member.user_id)


@transaction.atomic
def remove_watcher(*, actor: User, task_id: UUID, user_id: UUID) -> None:
    """Let another user hear no more of a task.

    Raise what `add_watcher` does for the task, TaskWatcher.DoesNotExist for a user who does not watch it.
    """
    task = lock_task(lock_project_of(actor, task_id), task_id)
    _drop_watcher(task, TaskWatcher.objects.get(task=task, user=user_id).user_id)


def _store_watcher(task: Task, user_id: UUID) -> None:
    TaskWatcher.objects.bulk_create([TaskWatcher(task=task, user_id=user_id)], ignore_conflicts=True)
    after_commit(events.task_touched, task.project_id, task.pk)


def _drop_watcher(task: Task, user_id: UUID) -> None:
    if TaskWatcher.objects.filter(task=task, user=user_id).delete()[0]:
        after_commit(events.task_touched, task.project_id, task.pk)
