"""React to changes of files, each inside the transaction of the change."""

from __future__ import annotations

from uuid import UUID

from assets.models import Asset
from tasks.attachments import jobs
from tasks.models import TaskAttachment


def blob_processed(*, blob_id: UUID) -> None:
    """Do nothing: thumbnails are asked for as the files of a task are listed."""


def asset_changed(*, asset: Asset) -> None:
    """Do nothing: names are asked for as the files of a task are listed."""


def asset_deleted(*, asset: Asset) -> None:
    """Take a deleted file off its tasks."""
    if TaskAttachment.objects.filter(asset=asset).exists():
        jobs.detach_deleted_file.enqueue(asset_id=str(asset.pk))
