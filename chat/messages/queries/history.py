"""Which messages a stretch of history holds: two prepared queries, the most asked of all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.models import Message, Room
from lib.db.prepared import PreparedQuery

PAGE = 50


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a room's history: the newest page, or the one before, after or around a `seq`."""

    before: int | None = None
    after: int | None = None
    around: int | None = None
    limit: int = PAGE


class MessageKey(NamedTuple):
    """What finds a rendered message and places it in a feed, each value as the database gives it."""

    id: Any
    version: int
    stamp: Any
    author_stamp: Any
    seq: int
    author_id: Any
    created_at: Any


class RoomState(NamedTuple):
    """How far a room has come."""

    last_seq: int
    version: int


def visible_state(user: User, room_id: UUID) -> RoomState:
    """How far a room has come that one can see. Raises Room.DoesNotExist for any other."""
    row = _state.first(user_id=user.pk, room_id=room_id)
    if row is None:
        raise Room.DoesNotExist
    return RoomState(*row)


def message_keys(room_id: UUID, stretch: Stretch) -> list[MessageKey]:
    """Keys of a stretch in ascending `seq`. One query; around a place, two."""
    limit = stretch.limit
    if stretch.around is not None:
        # An empty slice is no query at all, so the smallest stretch looks one further and drops it.
        older = _older("seq__lt", max(1, limit // 2)).raw(room_id=room_id, seq=stretch.around)[: limit // 2]
        newer = _newer("seq__gte", limit - limit // 2).raw(room_id=room_id, seq=stretch.around)
        return _named([*reversed(older), *newer])
    if stretch.after is not None:
        return _named(_newer("seq__gt", limit).raw(room_id=room_id, seq=stretch.after))
    if stretch.before is not None:
        return _named(_older("seq__lt", limit).raw(room_id=room_id, seq=stretch.before)[::-1])
    return _named(_newest(limit).raw(room_id=room_id)[::-1])


def changed_keys(room_id: UUID, *, since: int, limit: int) -> list[MessageKey]:
    """Keys of at most `limit` + 1 messages changed after a version, in the order of their changes."""
    return _named(_changed(limit + 1).raw(room_id=room_id, version=since))


def _named(rows: list[tuple[Any, ...]]) -> list[MessageKey]:
    return [MessageKey(*row) for row in rows]


def _keys(messages: QuerySet[Message]) -> QuerySet[Message, Any]:
    return messages.values_list("pk", "version", "updated_at", "author__updated_at", "seq", "author_id", "created_at")


def _in(room_id: UUID, **place: int) -> QuerySet[Message]:
    found: QuerySet[Message] = Message.objects.filter(room=room_id, **place)
    return found


_state = PreparedQuery(
    lambda user_id, room_id: (
        Room.objects.visible_to(User(pk=user_id)).filter(pk=room_id).values_list("last_seq", "version")
    ),
    user_id=UUID,
    room_id=UUID,
)


@lru_cache
def _newest(limit: int) -> PreparedQuery:
    return PreparedQuery(lambda room_id: _keys(_in(room_id)).order_by("-seq")[:limit], room_id=UUID)


@lru_cache
def _older(lookup: str, limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id, seq: _keys(_in(room_id, **{lookup: seq})).order_by("-seq")[:limit], room_id=UUID, seq=int
    )


@lru_cache
def _newer(lookup: str, limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id, seq: _keys(_in(room_id, **{lookup: seq})).order_by("seq")[:limit], room_id=UUID, seq=int
    )


@lru_cache
def _changed(limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id, version: _keys(_in(room_id, version__gt=version)).order_by("version")[:limit],
        room_id=UUID,
        version=int,
    )
