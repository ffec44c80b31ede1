"""Find the messages of a window of history: two prepared queries, the most frequent ones of all."""

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
class Window:
    """A window of a room's history: the newest page, or the one before, after or around a `seq`."""

    before: int | None = None
    after: int | None = None
    around: int | None = None
    limit: int = PAGE


class MessageKey(NamedTuple):
    """The cache key of a rendered message and its place in a feed, each value as the database driver gives it."""

    id: Any
    version: int
    stamp: Any
    author_stamp: Any
    seq: int
    author_id: Any
    created_at: Any


class RoomState(NamedTuple):
    """The numbers of a room's last message and last change."""

    last_seq: int
    version: int


def visible_state(user: User, room_id: UUID) -> RoomState:
    """Return the last numbers of a room that a user can see. Raise Room.DoesNotExist for any other."""
    row = _state_query.first(user_id=user.pk, room_id=room_id)
    if row is None:
        raise Room.DoesNotExist
    return RoomState(*row)


def message_keys(room_id: UUID, window: Window) -> list[MessageKey]:
    """Return the keys of a window in ascending `seq`. One query; two around a `seq`."""
    limit = window.limit
    if window.around is not None:
        # Django runs no query for an empty slice, so the smallest window reads one row and drops it.
        older = _prepare_older("seq__lt", max(1, limit // 2)).raw(room_id=room_id, seq=window.around)[: limit // 2]
        newer = _prepare_newer("seq__gte", limit - limit // 2).raw(room_id=room_id, seq=window.around)
        return _build_keys([*reversed(older), *newer])
    if window.after is not None:
        return _build_keys(_prepare_newer("seq__gt", limit).raw(room_id=room_id, seq=window.after))
    if window.before is not None:
        return _build_keys(_prepare_older("seq__lt", limit).raw(room_id=room_id, seq=window.before)[::-1])
    return _build_keys(_prepare_newest(limit).raw(room_id=room_id)[::-1])


def changed_keys(room_id: UUID, *, since: int, limit: int) -> list[MessageKey]:
    """Return the keys of at most `limit` + 1 messages changed after a version, in the order of their changes."""
    return _build_keys(_prepare_changed(limit + 1).raw(room_id=room_id, version=since))


def _build_keys(rows: list[tuple[Any, ...]]) -> list[MessageKey]:
    return [MessageKey(*row) for row in rows]


def _select_keys(messages: QuerySet[Message]) -> QuerySet[Message, Any]:
    return messages.values_list("pk", "version", "updated_at", "author__updated_at", "seq", "author_id", "created_at")


def _filter_room(room_id: UUID, **lookups: int) -> QuerySet[Message]:
    messages: QuerySet[Message] = Message.objects.filter(room=room_id, **lookups)
    return messages


_state_query = PreparedQuery(
    lambda user_id, room_id: (
        Room.objects.visible_to(User(pk=user_id)).filter(pk=room_id).values_list("last_seq", "version")
    ),
    user_id=UUID,
    room_id=UUID,
)


@lru_cache
def _prepare_newest(limit: int) -> PreparedQuery:
    return PreparedQuery(lambda room_id: _select_keys(_filter_room(room_id)).order_by("-seq")[:limit], room_id=UUID)


@lru_cache
def _prepare_older(lookup: str, limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id, seq: _select_keys(_filter_room(room_id, **{lookup: seq})).order_by("-seq")[:limit],
        room_id=UUID,
        seq=int,
    )


@lru_cache
def _prepare_newer(lookup: str, limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id, seq: _select_keys(_filter_room(room_id, **{lookup: seq})).order_by("seq")[:limit],
        room_id=UUID,
        seq=int,
    )


@lru_cache
def _prepare_changed(limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id, version: _select_keys(_filter_room(room_id, version__gt=version)).order_by("version")[:limit],
        room_id=UUID,
        version=int,
    )
