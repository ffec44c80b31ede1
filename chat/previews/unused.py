"""Delete previews, and their pictures, that nothing shows any longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from chat.models import LinkPreview
from chat.models.previews import PREVIEW_IMAGES

# Until the row of a picture is stored, its file belongs to none.
GRACE_PERIOD = timedelta(hours=1)
BATCH = 500


def delete_unused_previews() -> int:
    """Delete previews that no message shows, and pictures without a preview; return how many. Safe at any time."""
    count, _ = LinkPreview.objects.unused().delete()
    lost = _list_lost_images()
    for name in lost:
        _get_storage().delete(f"{PREVIEW_IMAGES}/{name}")
    return count + len(lost)


def has_unused_previews() -> bool:
    """Tell whether there is anything to delete, by reads alone."""
    return LinkPreview.objects.unused().exists() or bool(_list_lost_images())


def _get_storage() -> Storage:
    storage: Storage = LinkPreview._meta.get_field("image").storage
    return storage


def _list_lost_images() -> list[str]:
    storage = _get_storage()
    try:
        _, names = storage.listdir(PREVIEW_IMAGES)
    except FileNotFoundError:
        return []
    return [name for name in _find_lost(names) if _is_past_grace_period(storage, f"{PREVIEW_IMAGES}/{name}")]


def _find_lost(names: Sequence[str]) -> Iterator[str]:
    """Yield the names of files whose preview is gone, with its organisation for example."""
    for start in range(0, len(names), BATCH):
        batch = {f"{PREVIEW_IMAGES}/{name}": name for name in names[start : start + BATCH]}
        kept = set(LinkPreview.objects.filter(image__in=batch).values_list("image", flat=True))
        yield from (name for path, name in batch.items() if path not in kept)


def _is_past_grace_period(storage: Storage, path: str) -> bool:
    return storage.get_modified_time(path) < timezone.now() - GRACE_PERIOD
