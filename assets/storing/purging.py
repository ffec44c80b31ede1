"""Delete the rows of assets, and bytes that no asset has then; and those of uploads that make room."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum

from assets.models import Asset, Blob, Thumbnail, Upload
from assets.models.assets import AssetQuerySet
from assets.storage import delete_file, delete_upload_file
from assets.storing.storage_use import charge_bytes, lock_storage
from lib.db.transactions import after_commit

AT_ONCE = 200


def count_freed_bytes(assets: AssetQuerySet) -> int:
    """Return how many bytes no asset has any longer once these are deleted."""
    others = Asset.objects.filter(blob=OuterRef("pk")).exclude(pk__in=assets.values("pk"))
    freed = Blob.objects.filter(~Exists(others), pk__in=assets.values("blob"))
    return freed.aggregate(total=Sum("size"))["total"] or 0


def purge_assets(assets: AssetQuerySet) -> int:
    """Delete the rows of assets; return how many."""
    purged, last = 0, None
    while True:
        rows = assets.order_by("pk") if last is None else assets.filter(pk__gt=last).order_by("pk")
        batch: list[tuple[UUID, UUID]] = list(rows.values_list("organisation", "pk")[:AT_ONCE])
        if not batch:
            return purged
        last = batch[-1][1]
        for organisation_id, found in groupby(sorted(batch), key=lambda row: row[0]):
            purged += _purge_in_organisation(organisation_id, assets, [pk for _, pk in found])


@transaction.atomic
def purge_uploads(uploads: QuerySet[Upload], organisation_id: UUID, *, at_least: int) -> None:
    """Delete unfinished uploads to an organisation, the largest first, until they have given so many bytes back."""
    use = lock_storage(organisation_id)
    freed = 0
    for upload in uploads.select_for_update().order_by("-length", "pk"):
        if freed >= at_least:
            break
        freed += upload.length
        after_commit(delete_upload_file, upload.pk)
        upload.delete()
    charge_bytes(use, -freed)


@transaction.atomic
def _purge_in_organisation(organisation_id: UUID, assets: AssetQuerySet, ids: list[UUID]) -> int:
    use = lock_storage(organisation_id)
    # Some may be used since: what uses them waits for these locks, or is seen now.
    list(Asset.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    blob_ids = dict(assets.filter(pk__in=ids).values_list("pk", "blob"))
    Asset.objects.filter(pk__in=blob_ids).delete()
    blobs = Blob.objects.filter(pk__in=set(blob_ids.values()), assets=None)
    sizes = dict(blobs.values_list("path", "size"))
    thumbnails = list(Thumbnail.objects.filter(blob__in=blobs).values_list("path", flat=True))
    blobs.delete()
    charge_bytes(use, -sum(sizes.values()))
    after_commit(_delete_files, [*sizes, *thumbnails])
    return len(blob_ids)


def _delete_files(paths: Iterable[str]) -> None:
    for path in paths:
        delete_file(path)
