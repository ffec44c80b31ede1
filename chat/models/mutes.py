"""Until when a room is muted."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone

from lib.db.recording import note_expiry

# What is muted until then is muted for ever. Every time zone can show it: the last year that Python knows is 9999.
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def read_mute(muted_until: datetime | None) -> datetime | None:
    """Return a time that lies ahead, None for one that has passed."""
    if muted_until is None or muted_until <= timezone.now():
        return None
    note_expiry(muted_until)
    return muted_until
