"""Make thumbnails and metadata of what was uploaded, and show them."""

from __future__ import annotations

from uuid import UUID

from lib.jobs import job
from lib.jobs.queues import MEDIA


@job(queue=MEDIA, attempts=3)
def process_blob(*, blob_id: str) -> None:
    """Make the thumbnails and the metadata of a blob. One that is deleted meanwhile is left out."""
    from assets.processing.services import make_previews

    make_previews(blob_id=UUID(blob_id))


@job(queue=MEDIA)
def show_previews(*, asset_id: str) -> None:
    """Show a file with the previews that were made of its bytes before."""
    from assets.processing.services import show_previews

    show_previews(asset_id=UUID(asset_id))
