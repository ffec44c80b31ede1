"""Load pages of a room's history, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from chat.messages.message_html import Rendered, render_messages
from chat.messages.queries.history import MessageKey, Window, changed_keys, message_keys, visible_state


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A message of a feed, as the viewer-neutral fragment. Ids are as the database driver gives them."""

    seq: int
    id: Any
    author_id: Any
    created_at: datetime
    html: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Consecutive messages, oldest first, and whether there are more on either side."""

    items: list[FeedItem]
    has_older: bool
    has_newer: bool


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """The messages created or changed since a version; `reset` when the client is ahead of the room."""

    items: list[FeedItem]
    version: int
    has_more: bool
    reset: bool


def history_json(*, user: User, room_id: UUID, window: Window) -> bytes:
    """Return a window of history as the REST answer, joined from bodies that were encoded once. Two queries when warm.

    `next_cursor` is the `before` of the next older page, or with `after` the `after` of the next newer one.
    """
    room = visible_state(user, room_id)
    keys = message_keys(room_id, window)
    cursor = None
    if keys and window.after is not None:
        cursor = keys[-1].seq if keys[-1].seq < room.last_seq else None
    elif keys:
        cursor = keys[0].seq if keys[0].seq > 1 else None
    following = b"null" if cursor is None else b'"%d"' % cursor
    return b'{"items":[%b],"next_cursor":%b}' % (_join_json(keys), following)


def changes_json(*, user: User, room_id: UUID, since: int, limit: int) -> bytes:
    """Return what changed after a version as the REST answer, oldest change first. Two queries when warm."""
    changes = _find_changes(user, room_id, since, limit)
    flags = (b"true" if changes.has_more else b"false", b"true" if changes.reset else b"false")
    return b'{"items":[%b],"version":%d,"has_more":%b,"reset":%b}' % (_join_json(changes.keys), changes.version, *flags)


def feed_page(*, user: User, room_id: UUID, window: Window) -> FeedPage:
    """Return a window of a visible room's history. Raise Room.DoesNotExist for a hidden room."""
    return build_feed_page(visible_state(user, room_id).last_seq, message_keys(room_id, window))


def feed_changes(*, user: User, room_id: UUID, since: int, limit: int = 200) -> FeedChanges:
    """Return what changed in a visible room since a version, at most `limit` messages. Raise Room.DoesNotExist else."""
    changes = _find_changes(user, room_id, since, limit)
    return FeedChanges(_build_items(changes.keys), changes.version, has_more=changes.has_more, reset=changes.reset)


class _ChangedKeys(NamedTuple):
    keys: list[MessageKey]
    version: int
    has_more: bool
    reset: bool


def _find_changes(user: User, room_id: UUID, since: int, limit: int) -> _ChangedKeys:
    version = visible_state(user, room_id).version
    if since > version:
        return _ChangedKeys([], version, has_more=False, reset=True)
    keys = changed_keys(room_id, since=since, limit=limit)
    has_more = len(keys) > limit
    return _ChangedKeys(keys[:limit], keys[limit - 1].version if has_more else version, has_more, reset=False)


def build_feed_page(last_seq: int, keys: Sequence[MessageKey]) -> FeedPage:
    """Return the messages of these keys, in a room whose last message has the number `last_seq`."""
    return FeedPage(
        items=_build_items(keys),
        has_older=bool(keys) and keys[0].seq > 1,
        has_newer=bool(keys) and keys[-1].seq < last_seq,
    )


def _render_keys(keys: Sequence[MessageKey]) -> Iterator[tuple[MessageKey, Rendered]]:
    for key, rendered in zip(keys, render_messages([key[:4] for key in keys]), strict=True):
        if rendered is not None:
            yield key, rendered


def _join_json(keys: Sequence[MessageKey]) -> bytes:
    return b",".join([rendered.json for _, rendered in _render_keys(keys)])


def _build_items(keys: Sequence[MessageKey]) -> list[FeedItem]:
    return [
        FeedItem(key.seq, key.id, key.author_id, _attach_utc(key.created_at), rendered.html)
        for key, rendered in _render_keys(keys)
    ]


def _attach_utc(stored: datetime) -> datetime:
    """Return a stored time with its zone: SQLite's driver gives UTC without naming it."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
