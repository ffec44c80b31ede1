"""Until when a room is muted."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from lib.db.recording import note_expiry


def read_mute(muted_until: datetime | None) -> datetime | None:
    """Return a time that lies ahead, None for one that has passed."""
    if muted_until is None or muted_until <= timezone.now():
        return None
    note_expiry(muted_until)
    return muted_until
