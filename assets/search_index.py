"""Keep the texts of files and what finds them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connection, connections, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from assets.file_texts import write_search_text
from assets.models import Blob, BlobSearchEntry, BlobText
from lib.db.trigrams import ensure_index, index_rows
from lib.progress import Progress
from lib.text.search_text import build_search_text

FILLED_AT_ONCE = 20


def save_text(blob: Blob, text: str) -> None:
    """Store the text of a blob and index it, in place of an earlier one. Called in the transaction that made it."""
    earlier, _ = BlobText.objects.filter(blob=blob).delete()
    if earlier:
        BlobSearchEntry.objects.filter(blob=blob).delete()
    if not text:
        return
    stored = BlobText.objects.create(blob=blob, text=write_search_text(text.replace("\0", ""), blob.kind))
    _insert_entries([(blob.organisation_id, blob.pk, stored.text)])
    # At once, for a text is long: of those that wait a search reads every letter.
    if connection.vendor == "sqlite":
        index_rows(BlobSearchEntry)


def select_blobs(piece: str, among: Q) -> QuerySet[Any, Any]:
    """Return the ids of the blobs whose text holds a piece that the index knows, for other queries.

    `among` is a condition on their entries that few fulfil: of the others none is read.
    """
    entries = BlobSearchEntry.objects.filter(among, text__holds=piece)
    # PostgreSQL asks its index by itself.
    indexed = entries.indexed_with([piece], among) if connection.vendor == "sqlite" else entries
    blob_ids: QuerySet[Any, Any] = indexed.values("blob")
    return blob_ids


def _insert_entries(rows: Sequence[tuple[UUID, UUID, str]], using: str = "default") -> None:
    """Write the entries of organisations, blobs and their texts. One query."""
    BlobSearchEntry.objects.using(using).bulk_create(
        BlobSearchEntry(organisation_id=organisation_id, blob_id=blob_id, text=build_search_text(text))
        for organisation_id, blob_id, text in rows
    )


def fill_search_index(app_config: AppConfig, using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Make the index, and fill it from texts that have no entry. Called after migrations."""
    try:
        apps.get_model(app_config.label, "BlobSearchEntry")
    except LookupError:  # an earlier state of the database, without this table
        return
    ensure_index(BlobSearchEntry, using)
    has_entry = Exists(BlobSearchEntry.objects.filter(blob=OuterRef("blob")))
    missing = BlobText.objects.using(using).filter(~has_entry).order_by("pk")
    progress = Progress("Indexing files for search", missing.count(), sys.stdout)
    while batch := list(missing.values_list("blob__organisation", "blob", "text")[:FILLED_AT_ONCE]):
        with transaction.atomic(using=using):
            _insert_entries(batch, using)
            if connections[using].vendor == "sqlite":
                index_rows(BlobSearchEntry, using)
        progress.advance(len(batch))
