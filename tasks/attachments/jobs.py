"""Take deleted files off tasks, beside the transaction that deletes them, which holds the file first."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lib.jobs import job
from tasks.attachments.storing import drop_file
from tasks.models import TaskAttachment


@job()
def detach_deleted_file(*, asset_id: str) -> None:
    """Take a deleted file off all tasks, one project after the other."""
    standing = TaskAttachment.objects.filter(asset=UUID(asset_id))
    for project_id in list(standing.order_by().values_list("task__project", flat=True).distinct()):
        with transaction.atomic():
            drop_file(project_id=project_id, asset_id=UUID(asset_id))
