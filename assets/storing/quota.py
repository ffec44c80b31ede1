"""Make room where an organisation's quota is used up: by uploads that hold none, and by what is deleted already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import User
from assets.models import Asset, Upload
from assets.storing.errors import QuotaExceeded
from assets.storing.purging import count_freed_bytes, purge_assets, purge_uploads

T = TypeVar("T")


def with_room(organisation_id: UUID, store: Callable[[], T], *, actor: User) -> T:
    """Call what stores bytes of the actor; where the quota is exceeded, make room, and call it again.

    First go uploads that hold no room, of other users, then what is deleted already. Raise QuotaExceeded where both
    are not enough.
    """
    try:
        return store()
    except QuotaExceeded as error:
        deleted = Asset.objects.deleted().filter(organisation=organisation_id)
        uploads = Upload.objects.filter(organisation=organisation_id, asset=None)
        uploads = uploads.filter(Q(holds_room=False) & ~Q(owner=actor) | Q(expires_at__lt=timezone.now()))
        reserved: int = uploads.aggregate(total=Sum("length", default=0))["total"]
        # What is deleted can be asked for again for a month: not lost to a file that has no room even then.
        if reserved < error.missing and reserved + count_freed_bytes(deleted) < error.missing:
            raise
        purge_uploads(uploads, organisation_id, at_least=error.missing)
        if reserved < error.missing:
            purge_assets(deleted)
    return store()
