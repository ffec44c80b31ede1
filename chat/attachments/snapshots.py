"""What `Message.attachments` repeats of files, so that no query is needed to show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assets.models import Asset
from lib.media.kinds import Kind

Snapshot = dict[str, Any]

REPEATED = ("width", "height", "duration", "pages", "frames", "placeholder", "peaks")
# Of a text.
MAX_LINES, MAX_CHARACTERS = 12, 1200


def build_snapshot(asset: Asset) -> Snapshot:
    """Return what a message repeats of a file whose blob and thumbnails are loaded; of a deleted one only that."""
    if asset.deleted_at is not None:
        return build_deleted_snapshot(str(asset.pk))
    metadata = asset.metadata
    snapshot: Snapshot = {
        "id": str(asset.pk),
        "name": asset.name,
        "mime_type": asset.mime_type,
        "kind": asset.kind,
        "size": asset.size,
        "state": asset.state,
        "alt_text": asset.alt_text,
        "thumbnails": {each.size: [each.width, each.height] for each in asset.thumbnails},
    }
    snapshot |= {name: metadata[name] for name in REPEATED if metadata.get(name)}
    if lines := _cut_lines(metadata.get("first_lines", "")):
        snapshot["first_lines"] = lines
    return snapshot


def build_deleted_snapshot(asset_id: str) -> Snapshot:
    """Return what is left of a file that its owner has deleted."""
    return {"id": asset_id, "is_deleted": True}


def list_standing(snapshots: Iterable[Snapshot] | None) -> list[Snapshot]:
    """Return the files of a message that were not deleted."""
    return [each for each in snapshots or () if not each.get("is_deleted")]


def are_images(snapshots: Sequence[Snapshot]) -> bool:
    """Tell whether files are images alone."""
    return all(each.get("kind") == Kind.IMAGE for each in snapshots)


def _cut_lines(text: str) -> str:
    return "\n".join(text[:MAX_CHARACTERS].splitlines()[:MAX_LINES])
