"""Count what users have not read: the number at the bell."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from lib.db.prepared import PreparedQuery
from notifications.models import Notification


def count_unread(user_id: UUID) -> int:
    """Return how many notifications a user has not read: what the bell shows. One prepared query."""
    row = _unread_query.first(user_id=user_id)
    return row[0] if row else 0


def count_unread_of(user_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many notifications each of some users has not read. One query."""
    rows = Notification.objects.filter(user__in=user_ids, is_listed=True).unread()
    counts = dict(rows.order_by().values_list("user").annotate(Count("pk")))
    return {user_id: counts.get(user_id, 0) for user_id in user_ids}


# With every page and every `welcome` of a socket.
_unread_query = PreparedQuery(
    lambda user_id: (
        Notification.objects.filter(user=user_id, is_listed=True)
        .unread()
        .order_by()
        .values("user")
        .annotate(n=Count("pk"))
        .values_list("n")
    ),
    user_id=UUID,
)
