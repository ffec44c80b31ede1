"""Make thumbnails and metadata of stored bytes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction

from assets import hooks
from assets.models import THUMBNAILS, Asset, Blob, Thumbnail
from assets.processing.metadata import describe_rendering, rebuild_probe
from assets.processing.pdf_scripts import has_script
from assets.search_index import save_text
from assets.storage import delete_file, get_upload_folder, local_file, put_file
from lib.db.transactions import after_commit
from lib.media.errors import MediaFailed
from lib.media.kinds import Kind
from lib.media.rendering import RenderedThumbnail, Rendering, render_file
from lib.web.upload_files import PREFIX


def make_previews(*, blob_id: UUID) -> None:
    """Make the thumbnails, the text and the metadata of a blob; repeating it replaces them.

    Do nothing for a missing one. One of which nothing can be made has failed: it is shown by its kind alone.
    """
    blob = Blob.objects.filter(pk=blob_id).first()
    if blob is None:
        return
    with TemporaryDirectory(prefix=PREFIX, dir=get_upload_folder()) as folder:
        try:
            with local_file(blob.path) as path:
                rendering = render_file(path, rebuild_probe(blob), name="", folder=Path(folder))
                if blob.kind == Kind.PDF:
                    rendering.metadata["scripted"] = has_script(path)
        except MediaFailed:
            _save_rendering(blob, Rendering(), [], Blob.State.FAILED)
            return
        thumbnails = [_store_thumbnail(blob, each) for each in rendering.thumbnails]
        _save_rendering(blob, rendering, thumbnails, Blob.State.READY)


@transaction.atomic
def show_previews(*, asset_id: UUID) -> None:
    """Notify that a file looks different since its previews are shown. Do nothing for one that is deleted."""
    asset = Asset.objects.not_deleted().filter(pk=asset_id).first()
    if asset is not None:
        hooks.asset_changed(asset=asset)


def _store_thumbnail(blob: Blob, rendered: RenderedThumbnail) -> Thumbnail:
    """Put a thumbnail into the storage; return its row, which is not written yet."""
    size = rendered.path.stat().st_size
    return Thumbnail(
        blob=blob,
        size=rendered.size,
        path=put_file(rendered.path, folder=THUMBNAILS, suffix=rendered.path.suffix),
        mime_type=rendered.mime_type,
        byte_count=size,
        width=rendered.width,
        height=rendered.height,
    )


@transaction.atomic
def _save_rendering(blob: Blob, rendering: Rendering, thumbnails: list[Thumbnail], state: Blob.State) -> None:
    """Write what was made of a blob, unless it has been deleted meanwhile: clean-up finds the thumbnails then."""
    found: Blob | None = Blob.objects.select_for_update(no_key=True).filter(pk=blob.pk).first()
    if found is None:
        return
    found.metadata, found.state = found.metadata | describe_rendering(rendering), state
    found.save(update_fields=["metadata", "state", "updated_at"])
    for path in found.thumbnails.values_list("path", flat=True):
        after_commit(delete_file, path)
    found.thumbnails.all().delete()
    Thumbnail.objects.bulk_create(thumbnails)
    save_text(found, rendering.text)
    hooks.blob_processed(blob_id=found.pk)
