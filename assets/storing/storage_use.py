"""Count the bytes of an organisation, never over its quota: both inside a transaction of the caller."""

from __future__ import annotations

from uuid import UUID

from assets.models import StorageUse
from assets.storing.errors import QuotaExceeded


def lock_storage(organisation_id: UUID) -> StorageUse:
    """Return how much an organisation uses, held until the transaction ends.

    Each transaction that stores or deletes bytes holds it first, so the same bytes are stored once, and what one of
    them has read of the organisation's blobs stays true.
    """
    rows = StorageUse.objects.select_for_update(no_key=True).filter(organisation=organisation_id)
    if (use := rows.first()) is None:
        StorageUse.objects.bulk_create([StorageUse(organisation_id=organisation_id)], ignore_conflicts=True)
        use = rows.get()
    return use


def charge_bytes(use: StorageUse, count: int) -> None:
    """Add bytes to what a locked organisation uses; fewer than none give some back.

    Raise QuotaExceeded where more is asked for than is left.
    """
    if count > 0 and use.limit is not None and use.used + count > use.limit:
        raise QuotaExceeded(use.limit, use.used, count)
    if count:
        use.used = max(0, use.used + count)
        use.save(update_fields=["used", "updated_at"])
