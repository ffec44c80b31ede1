"""List the files of tasks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from assets.models import Asset
from tasks.models import Task, TaskAttachment


def list_attachments(*, user: User, task_id: UUID) -> QuerySet[TaskAttachment]:
    """Return the files of a task, deleted ones left out. Raise Task.DoesNotExist for a hidden task."""
    return attachments_of(Task.objects.visible_to(user).only("pk").get(pk=task_id))


def attachments_of(task: Task) -> QuerySet[TaskAttachment]:
    """Return the files of a task that the caller may show, deleted ones left out. Three queries, one for none."""
    standing = TaskAttachment.objects.filter(task=task, asset__deleted_at=None)
    return standing.prefetch_related(Prefetch("asset", Asset.objects.for_listing()))
