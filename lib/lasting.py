"""What lasts until a time: silence, or the mute of a room."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone

from lib.db.recording import note_expiry

# What lasts until then lasts for ever. Every time zone can show it: the last year that Python knows is 9999.
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def read_end(until: datetime | None) -> datetime | None:
    """Return a time that lies ahead, None for one that has passed."""
    if until is None or until <= timezone.now():
        return None
    note_expiry(until)
    return until
