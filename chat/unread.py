"""Count the unread mentions of users."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from chat.models import Mention, Message, RoomMember
from chat.models.counting import IS_UNREAD
from lib.db.prepared import PreparedQuery


def count_mentions() -> CombinedExpression:
    """Return the number of messages beyond the read mark of a membership that tell its user, to annotate it with.

    These are the messages that name them or told a list of users that they are on, by its index, and those of others
    to all of the room since they joined, by another index. Each counts once. Agents are not told of the latter.
    """
    told = Mention.objects.filter(user=OuterRef("user"), room=OuterRef("room"), seq__gt=OuterRef("last_read_seq"))
    named = Mention.objects.filter(user=OuterRef(OuterRef("user")), message=OuterRef("pk"))
    humans = User.objects.filter(pk=OuterRef(OuterRef("user")), kind=User.Kind.HUMAN)
    to_all = Message.objects.filter(
        ~Exists(named),
        Exists(humans),
        room=OuterRef("room"),
        broadcast_seq__gt=Greatest(OuterRef("last_read_seq"), OuterRef("joined_seq")),
    ).exclude(author=OuterRef("user"))
    return _count_in_room(told) + _count_in_room(to_all)


def unread_mentions(user: User) -> dict[UUID, int]:
    """Return the number of unread mentions of a user by room, of rooms with any. One prepared query."""
    return dict(_mentions_query.rows(user_id=user.pk))


def unread_mentions_in(user: User, room_id: UUID) -> int:
    """Return the number of unread mentions of a user in a room that they are in. One prepared query."""
    row = _room_query.first(user_id=user.pk, room_id=room_id)
    return row[0] if row else 0


def _count_in_room(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("room").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


# With every `welcome` of a socket. Measured with 100 rooms, ten of them unread: 0.21 ms, 4.0 ms by the queryset.
_mentions_query = PreparedQuery(
    lambda user_id: (
        RoomMember.objects.filter(IS_UNREAD, user=user_id)
        .annotate(mentions=count_mentions())
        .filter(mentions__gt=0)
        .values_list("room", "mentions")
    ),
    user_id=UUID,
)
# With every move of a read mark. Measured: 0.04 ms, 2.5 ms by the queryset.
_room_query = PreparedQuery(
    lambda user_id, room_id: (
        RoomMember.objects.filter(user=user_id, room=room_id)
        .annotate(mentions=count_mentions())
        .values_list("mentions")
    ),
    user_id=UUID,
    room_id=UUID,
)
