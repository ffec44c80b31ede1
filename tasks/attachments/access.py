"""Say who sees the files of tasks, and which files stand in any: an access source of `assets`."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from tasks.models import Task, TaskAttachment


def filter_visible(user: User) -> Q:
    """Return the condition for the files of tasks that a user can see."""
    return Q(Exists(TaskAttachment.objects.filter(asset=OuterRef("pk"), task__in=Task.objects.visible_to(user))))


def filter_in_room(user: User, room_id: UUID) -> Q:
    """Return the condition for the files of the tasks of a project, by its main channel, if a user can see it."""
    tasks = Task.objects.visible_to(user).filter(project=room_id)
    return Q(Exists(TaskAttachment.objects.filter(asset=OuterRef("pk"), task__in=tasks)))


def filter_used() -> Q:
    """Return the condition for the files of tasks, deleted ones too: these can be restored."""
    return Q(Exists(TaskAttachment.objects.filter(asset=OuterRef("pk"))))
