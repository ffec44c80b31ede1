"""Pages of a room's history, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from chat.messages.message_html import Rendered, rendered_by_key
from chat.messages.queries.history import MessageKey, Stretch, changed_keys, message_keys, visible_state


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One message of a feed, as the viewer-neutral fragment. Ids are as the database gives them."""

    seq: int
    id: Any
    author_id: Any
    created_at: datetime
    html: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Messages in a row, oldest first, and whether there are more on either side."""

    items: list[FeedItem]
    has_older: bool
    has_newer: bool


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What was said, edited or deleted since a version; `reset` when the client is ahead of the room."""

    items: list[FeedItem]
    version: int
    has_more: bool
    reset: bool


def history_json(*, user: User, room_id: UUID, stretch: Stretch) -> bytes:
    """A stretch of history as the REST answer, put together from bodies that were encoded once. Two queries when warm.

    `next_cursor` is the `before` of the next older page, or with `after` the `after` of the next newer one.
    """
    room = visible_state(user, room_id)
    keys = message_keys(room_id, stretch)
    cursor = None
    if keys and stretch.after is not None:
        cursor = keys[-1].seq if keys[-1].seq < room.last_seq else None
    elif keys:
        cursor = keys[0].seq if keys[0].seq > 1 else None
    following = b"null" if cursor is None else b'"%d"' % cursor
    return b'{"items":[%b],"next_cursor":%b}' % (_json(keys), following)


def changes_json(*, user: User, room_id: UUID, since: int, limit: int) -> bytes:
    """What changed after a version as the REST answer, oldest change first. Two queries when warm."""
    changes = _changes(user, room_id, since, limit)
    flags = (b"true" if changes.has_more else b"false", b"true" if changes.reset else b"false")
    return b'{"items":[%b],"version":%d,"has_more":%b,"reset":%b}' % (_json(changes.keys), changes.version, *flags)


def feed_page(*, user: User, room_id: UUID, stretch: Stretch) -> FeedPage:
    """A stretch of a visible room's history."""
    return page_of(visible_state(user, room_id).last_seq, message_keys(room_id, stretch))


def feed_changes(*, user: User, room_id: UUID, since: int, limit: int = 200) -> FeedChanges:
    """What a browser that was away has missed in a visible room."""
    changes = _changes(user, room_id, since, limit)
    return FeedChanges(_items(changes.keys), changes.version, has_more=changes.has_more, reset=changes.reset)


class _Changes(NamedTuple):
    keys: list[MessageKey]
    version: int
    has_more: bool
    reset: bool


def _changes(user: User, room_id: UUID, since: int, limit: int) -> _Changes:
    version = visible_state(user, room_id).version
    if since > version:
        return _Changes([], version, has_more=False, reset=True)
    keys = changed_keys(room_id, since=since, limit=limit)
    has_more = len(keys) > limit
    return _Changes(keys[:limit], keys[limit - 1].version if has_more else version, has_more, reset=False)


def page_of(last_seq: int, keys: Sequence[MessageKey]) -> FeedPage:
    """The messages behind these keys, in a room that has come to `last_seq`."""
    return FeedPage(
        items=_items(keys),
        has_older=bool(keys) and keys[0].seq > 1,
        has_newer=bool(keys) and keys[-1].seq < last_seq,
    )


def _rendered(keys: Sequence[MessageKey]) -> Iterator[tuple[MessageKey, Rendered]]:
    for key, shown in zip(keys, rendered_by_key([key[:4] for key in keys]), strict=True):
        if shown is not None:
            yield key, shown


def _json(keys: Sequence[MessageKey]) -> bytes:
    return b",".join([shown.json for _, shown in _rendered(keys)])


def _items(keys: Sequence[MessageKey]) -> list[FeedItem]:
    return [
        FeedItem(key.seq, key.id, key.author_id, _moment(key.created_at), shown.html) for key, shown in _rendered(keys)
    ]


def _moment(stored: datetime) -> datetime:
    """SQLite gives a moment without its zone, which is UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
