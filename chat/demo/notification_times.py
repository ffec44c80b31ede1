"""Give the notifications of the sample the times of what they are about: else all would have come just now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from chat.models import Message, RoomMember
from chat.notifying.names import REACTION, ROOM_ADDED
from notifications.models import Notification

BATCH = 500
# A reaction is not there with its message.
REACTION_DELAY = timedelta(minutes=4)
FIELDS = ("created_at", "updated_at", "activity_id")
Key = tuple[UUID | None, UUID]


def spread_notification_times(organisation_ids: Sequence[UUID], *, since: datetime, now: datetime) -> int:
    """Move what a run that began at `since` has told of to when that happened; return how many those were.

    Lists are sorted by `activity_id`, which is made anew of that time.
    """
    rows = Notification.objects.filter(organisation__in=organisation_ids, created_at__gte=since).order_by("pk")
    count, last = 0, UUID(int=0)
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        written, joined = _load_times(batch)
        for row in batch:
            _move_row(row, min(_find_time(row, written, joined, now), now))
        Notification.objects.bulk_update(batch, FIELDS)
        count += len(batch)
    return count


def _load_times(rows: Sequence[Notification]) -> tuple[Mapping[UUID | None, datetime], Mapping[Key, datetime]]:
    """Return when messages were written, and when users have joined rooms."""
    written = Message.objects.filter(pk__in={row.subject for row in rows}).values_list("pk", "created_at")
    members = RoomMember.objects.filter(
        room__in={row.place for row in rows if row.kind == ROOM_ADDED}, user__in={row.user_id for row in rows}
    )
    joined: dict[Key, datetime] = {
        (room_id, user_id): at for room_id, user_id, at in members.values_list("room", "user", "joined_at")
    }
    return dict(written), joined


def _find_time(
    row: Notification, written: Mapping[UUID | None, datetime], joined: Mapping[Key, datetime], now: datetime
) -> datetime:
    if row.kind == ROOM_ADDED:
        return joined.get((row.place, row.user_id), now)
    at = written.get(row.subject, now)
    return at + REACTION_DELAY if row.kind == REACTION else at


def _move_row(row: Notification, at: datetime) -> None:
    row.created_at = row.updated_at = at
    row.activity_id = uuid7(nanoseconds=int(at.timestamp() * 1_000_000) * 1000)
