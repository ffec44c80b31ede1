"""React to changes of files, each inside the transaction of the change: what shows them looks different."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from assets.models import Asset
from chat.drafts.services import show_changed_files
from chat.messages import jobs
from chat.models import Attachment


def blob_processed(*, blob_id: UUID) -> None:
    """Show the thumbnails of a file in the messages and drafts that it stands in."""
    show_changed_files(Q(asset__blob=blob_id))
    standing = Attachment.objects.standing().filter(asset__blob=blob_id)
    for asset_id in standing.order_by().values_list("asset", flat=True).distinct():
        jobs.refresh_attachments.enqueue(asset_id=str(asset_id))


def asset_changed(*, asset: Asset) -> None:
    """Show the new name of a file, or what it shows."""
    _refresh_where_shown(asset)


def asset_deleted(*, asset: Asset) -> None:
    """Show that a file was deleted."""
    _refresh_where_shown(asset)


def _refresh_where_shown(asset: Asset) -> None:
    show_changed_files(Q(asset=asset))
    if Attachment.objects.standing().filter(asset=asset).exists():
        jobs.refresh_attachments.enqueue(asset_id=str(asset.pk))
