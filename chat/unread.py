"""Count the unread mentions of a user."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count

from accounts.models import User
from chat.models import Mention
from lib.db.prepared import PreparedQuery


def unread_mentions(user: User) -> dict[UUID, int]:
    """Return the number of unread mentions of a user by room. One prepared query."""
    return dict(_mentions_query.rows(user_id=user.pk))


# With every `welcome` of a socket. Measured: 0.02 ms, 0.5 ms by the queryset.
_mentions_query = PreparedQuery(
    lambda user_id: Mention.objects.unread_by(user_id).values_list("room").annotate(Count("pk")),
    user_id=UUID,
)
