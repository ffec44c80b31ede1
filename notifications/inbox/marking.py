"""Mark notifications as read by what their users read elsewhere: rows by number, with the statements of sending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from lib.db.prepared import PreparedLookup, to_driver_moment
from lib.db.statements import execute_many
from lib.db.transactions import after_commit
from notifications.inbox import events
from notifications.models import Notification
from notifications.models.notifications import NotificationQuerySet
from notifications.push.channel import close_pushes


class ReadMark(NamedTuple):
    """How far a user has read: in a room's feed, or in one of its threads."""

    user_id: UUID
    place: UUID
    position: int
    thread: UUID | None = None


def mark_places_read(marks: Sequence[ReadMark]) -> None:
    """Mark what users have read elsewhere, inside the transaction that moves their marks.

    With every message and every read mark: one query for each place, and where nothing is unread there, no more.
    """
    if waiting := _find_waiting_places(marks):
        _mark_rows_of_places([mark for mark in marks if mark.place in waiting])


def _find_waiting_places(marks: Sequence[ReadMark]) -> set[UUID]:
    """Return the places of which any of these users has yet to read something."""
    users: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for mark in marks:
        users[mark.place].append(mark.user_id)
    return {place for place, user_ids in users.items() if _waiting_lookup.raw([place, *user_ids])}


def _mark_rows_of_places(marks: Sequence[ReadMark]) -> None:
    now = _find_read_time()
    is_changed = False
    for is_thread in (False, True):
        chosen = [mark for mark in marks if (mark.thread is not None) == is_thread]
        if chosen:
            is_changed |= _execute_marks(chosen, now, is_thread=is_thread)
    if is_changed:
        _announce_read_rows(now, {mark.user_id for mark in marks})


def mark_rows_read(user_id: UUID, rows: NotificationQuerySet) -> datetime | None:
    """Mark the unread ones of a user's rows as read; return the time that all of them have now, None for no rows."""
    unread = list(rows.unread().values_list("pk", "is_listed"))
    if not unread:
        return None
    now = _find_read_time()
    Notification.objects.filter(pk__in=[pk for pk, _ in unread]).update(read_at=now)
    if listed := [pk for pk, is_listed in unread if is_listed]:
        after_commit(events.notifications_read, user_id, listed)
        after_commit(close_pushes, user_id, listed)
    return now


def _find_read_time() -> datetime:
    """Return the time, exact to the millisecond, as REST has it: what was read together is found by it again."""
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _execute_marks(marks: Sequence[ReadMark], now: datetime, *, is_thread: bool) -> bool:
    moment = to_driver_moment(now)
    rows = [(moment, mark.user_id, mark.place, mark.position, *((mark.thread,) if is_thread else ())) for mark in marks]
    return execute_many(_build_update(is_thread=is_thread), rows) > 0


@cache
def _build_update(*, is_thread: bool) -> str:
    quote = connection.ops.quote_name
    conditions = " AND ".join(
        [
            f"{quote('user_id')} = %s AND {quote('place')} = %s AND {quote('position')} <= %s",
            f"{quote('thread')} = %s" if is_thread else f"{quote('thread')} IS NULL",
            f"{quote('read_at')} IS NULL",
        ]
    )
    table = quote(Notification._meta.db_table)
    # Not `updated_at`, which says when the last of what a row counts came.
    return f"UPDATE {table} SET {quote('read_at')} = %s WHERE {conditions}"  # noqa: S608  our names


def _announce_read_rows(now: datetime, user_ids: set[UUID]) -> None:
    by_user: defaultdict[UUID, list[UUID]] = defaultdict(list)
    rows = Notification.objects.filter(user__in=user_ids, read_at=now, is_listed=True)
    for user_id, notification_id in rows.values_list("user", "pk"):
        by_user[user_id].append(notification_id)
    for user_id, ids in by_user.items():
        after_commit(events.notifications_read, user_id, ids)
        after_commit(close_pushes, user_id, ids)


# With every batch of messages. Measured with eight authors: 0.04 ms. Updates that found nothing took 0.15.
_waiting_lookup = PreparedLookup(
    lambda ids: Notification.objects.unread().filter(place=ids[0], user__in=ids[1:]).order_by().values_list("pk")[:1]
)
