"""Delete what nobody sees any longer: rows first, then the bytes that no row names."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import NamedTuple, TypeVar

from django.utils import timezone

from assets.access import list_used_conditions
from assets.models import BLOBS, THUMBNAILS, Asset, Blob, Thumbnail
from assets.models.assets import AssetQuerySet
from assets.storage import delete_file, get_upload_folder, has_file, list_files
from assets.stores.store import StoredFile
from assets.storing.purging import purge_assets
from lib.web.upload_files import PREFIX

logger = logging.getLogger(__name__)

DELETED_FOR = timedelta(days=30)
UNUSED_FOR = timedelta(days=1)
# A file stands in the storage before its row does; after this time it has none.
GRACE_PERIOD = timedelta(hours=1)
# A form is read within minutes.
FORM_PERIOD = timedelta(days=1)
AT_ONCE = 200

T = TypeVar("T")


class Swept(NamedTuple):
    """What clean-up has found in the storage: files without a row, their bytes, and rows without a file."""

    files: int
    size: int
    missing: int


def delete_deleted_assets(*, after: timedelta = DELETED_FOR) -> int:
    """Delete the rows of assets that were deleted a month ago, with bytes that nothing else shows; return how many."""
    return purge_assets(_select_deleted(after))


def delete_orphaned_assets(*, after: timedelta = UNUSED_FOR) -> int:
    """Delete assets that stand nowhere a day after their upload, with their bytes; return how many. Kept ones stay.

    Where no app has said where assets stand, none does, and all are kept.
    """
    return purge_assets(_select_orphans(after))


def has_unseen_assets() -> bool:
    """Tell whether there is something to delete."""
    return _select_deleted(DELETED_FOR).exists() or _select_orphans(UNUSED_FOR).exists()


def delete_orphaned_files(*, grace: timedelta = GRACE_PERIOD) -> Swept:
    """Delete the files that no row names, but for young ones; log rows whose file is gone."""
    before = timezone.now() - grace
    files = size = 0
    for folder in (BLOBS, THUMBNAILS):
        old = (file for file in list_files(folder) if file.stored_at <= before)
        for batch in _split_batches(old):
            for lost in _find_orphans(batch):
                delete_file(lost.path)
                files, size = files + 1, size + lost.size
    _delete_form_files()
    return Swept(files, size, sum(1 for _ in _find_missing_files()))


def _select_deleted(after: timedelta) -> AssetQuerySet:
    deleted: AssetQuerySet = Asset.objects.deleted().filter(deleted_at__lt=timezone.now() - after)
    return deleted


def _select_orphans(after: timedelta) -> AssetQuerySet:
    conditions = list_used_conditions()
    if not conditions:
        return AssetQuerySet(Asset).none()
    unused: AssetQuerySet = Asset.objects.not_deleted().filter(is_kept=False, created_at__lt=timezone.now() - after)
    for condition in conditions:
        unused = unused.exclude(condition)
    return unused


def _find_orphans(files: list[StoredFile]) -> list[StoredFile]:
    paths = [file.path for file in files]
    named = set(Blob.objects.filter(path__in=paths).values_list("path", flat=True))
    named.update(Thumbnail.objects.filter(path__in=paths).values_list("path", flat=True))
    return [file for file in files if file.path not in named]


def _find_missing_files() -> Iterator[str]:
    for path in Blob.objects.order_by("pk").values_list("path", flat=True).iterator(chunk_size=2000):
        if not has_file(path) and Blob.objects.filter(path=path).exists():
            logger.error("The storage has lost the file %s.", path)
            yield path


def _delete_form_files() -> None:
    """Delete what processes that were killed have left of forms."""
    before = (timezone.now() - FORM_PERIOD).timestamp()
    for file in get_upload_folder().glob(f"{PREFIX}*"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)


def _split_batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, AT_ONCE)):
        yield batch
