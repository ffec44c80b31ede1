"""Build the `welcome` frame: who the client is, and how far each of their rooms and they themselves are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from accounts.schemas import UserOut
from chat.models import Room
from chat.topics import room_topic
from chat.unread import unread_mentions
from lib.db.prepared import PreparedQuery
from lib.realtime.frames import encode_frame
from lib.web.schemas import to_timestamp
from notifications.inbox.counts import count_unread


class JoinedRoom(NamedTuple):
    """A room that a user is in, its last numbers, and how far they have read."""

    id: UUID
    version: int
    last_seq: int
    last_read_seq: int


class Welcome(NamedTuple):
    """The `welcome` frame, and the room versions in it by topic."""

    payload: bytes
    versions: dict[str, int]


def load_joined_rooms(user: User) -> list[JoinedRoom]:
    """Return the rooms that a user is in. One prepared query."""
    return list(map(JoinedRoom._make, _joined_query.rows(user_id=user.pk)))


def build_welcome(user: User, rooms: Sequence[JoinedRoom], ref: Any = None) -> Welcome:
    """Return the `welcome` frame: the user, and the last numbers of each of their rooms. Two prepared queries."""
    mentions = unread_mentions(user)
    shown = [
        room._asdict() | {"unread": room.last_seq - room.last_read_seq, "mentions": mentions.get(room.id, 0)}
        for room in rooms
    ]
    me = UserOut.of(user, with_email=True).model_dump(mode="json") | {"availability": user.availability}
    now, unread = to_timestamp(timezone.now()), count_unread(user.pk)
    payload = encode_frame("welcome", ref=ref, user=me, rooms=shown, notifications=unread, server_time=now)
    return Welcome(payload, {room_topic(room.id): room.version for room in rooms})


# With every connection. Measured: 0.06 ms, 0.56 ms by the queryset.
_joined_query = PreparedQuery(
    lambda user_id: Room.objects.joined_by(User(pk=user_id)).values_list(
        "pk", "version", "last_seq", "members__last_read_seq"
    ),
    user_id=UUID,
)
