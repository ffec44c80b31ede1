"""Find where a day begins in a room's history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from uuid import UUID

from chat.models import SearchEntry
from chat.search_index import index_pending_messages

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Beyond these, a time zone may carry a day out of what Python can hold.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9000, 1, 1)


def find_first_seq(room_id: UUID, day: date, zone: tzinfo) -> int | None:
    """Return the `seq` of a room's first message from a day on, None where there is none. Up to two queries.

    Found by the index of search entries: what was deleted since, or said by the system, is passed over.
    """
    index_pending_messages()
    day = min(max(day, FIRST_DAY), LAST_DAY)
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    entries = SearchEntry.objects.filter(
        room=room_id, position__gte=(start - EPOCH) // timedelta(microseconds=1), message__seq__isnull=False
    )
    return entries.order_by("position").values_list("message__seq", flat=True).first()
