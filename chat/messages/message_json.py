"""Encode messages as JSON, the same for all readers.

A page of history that nobody has asked for lately is read as plain rows: building an instance of each message and its
author, and HTML that REST clients do not ask for, took most of such an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from accounts.models import build_avatar_url
from chat.attachments.schemas import describe_assets
from chat.emoji.names import build_picture_url
from chat.messages.origins import describe_origin
from chat.messages.previews import list_previews
from chat.models import Message
from lib.cache import LRUCache
from lib.db.prepared import PreparedLookup, from_raw_moment
from lib.web.schemas import to_timestamp

# Bytes.
CAPACITY = 8 * 1024 * 1024

# The id and version of a message, its `updated_at` (a user who reacted may have been renamed since) and that of its
# author (name or picture), each as the database driver gives it: pages of history are looked up by the rows of a query.
Key = tuple[Any, int, Any, Any]


class MessageRow(NamedTuple):
    """The columns of a message and its author, in the order of `_COLUMNS`."""

    id: Any
    version: int
    updated_at: Any
    author_updated_at: Any
    author_id: Any
    author_name: str
    author_username: str
    author_kind: str
    author_avatar: str
    room_id: Any
    seq: int | None
    type: str
    content: str
    html: str
    client_id: str | None
    reply_to: Any
    thread_id: Any
    thread_seq: int | None
    thread_summary: Any
    reactions: Any
    mentioned_ids: Any
    created_at: Any
    edited_at: Any
    deleted_at: Any
    pinned_at: Any
    pinned_by: Any
    previews: Any
    forwarded_from: Any
    forwarded: Any
    broadcast: str
    is_action: Any
    attachments: Any


_COLUMNS = (
    *("pk", "version", "updated_at", "author__updated_at"),
    *("author_id", "author__name", "author__username", "author__kind", "author__avatar"),
    *("room_id", "seq", "type", "content", "html", "client_id", "reply_to_id"),
    *("thread_id", "thread_seq", "thread_summary", "reactions", "mentioned_ids"),
    *("created_at", "edited_at", "deleted_at", "pinned_at", "pinned_by_id", "previews"),
    *("forwarded_from_id", "forwarded", "broadcast", "is_action", "attachments"),
)

# Keys carry versions, so no entry becomes stale.
_bodies: LRUCache[Key, bytes] = LRUCache(CAPACITY, size_of=len)


def encode_message(message: Message, key: Key) -> bytes:
    """Return the JSON of a message whose author is loaded, and cache it."""
    author = message.author
    body = _encode_row(
        MessageRow(
            message.pk,
            message.version,
            message.updated_at,
            author.updated_at,
            author.pk,
            author.name,
            author.username,
            author.kind,
            author.avatar.name or "",
            message.room_id,
            message.seq,
            message.type,
            message.content,
            message.html,
            message.client_id,
            message.reply_to_id,
            message.thread_id,
            message.thread_seq,
            message.thread_summary,
            message.reactions,
            message.mentioned_ids,
            message.created_at,
            message.edited_at,
            message.deleted_at,
            message.pinned_at,
            message.pinned_by_id,
            message.previews,
            message.forwarded_from_id,
            message.forwarded,
            message.broadcast,
            message.is_action,
            message.attachments,
        )
    )
    _bodies.put(key, body)
    return body


def encode_messages(keys: Sequence[Key]) -> list[bytes | None]:
    """Return the JSON of messages in the order of their keys, None for one that was removed meanwhile.

    Those not cached are loaded in one prepared query.
    """
    bodies = _bodies.get_many(keys)
    missing = [key[0] for key, body in zip(keys, bodies, strict=True) if body is None]
    if missing:
        fresh = {}
        for row in map(MessageRow._make, _rows_lookup.raw(missing)):
            fresh[row.id] = body = _encode_row(row)
            _bodies.put(row[:4], body)
        bodies = [body or fresh.get(key[0]) for key, body in zip(keys, bodies, strict=True)]
    return bodies


def _encode_row(row: MessageRow) -> bytes:
    is_deleted = row.deleted_at is not None
    return orjson.dumps(
        {
            "id": _format_id(row.id),
            "room_id": _format_id(row.room_id),
            "seq": row.seq,
            "version": row.version,
            "author": {
                "id": _format_id(row.author_id),
                "name": row.author_name,
                "username": row.author_username,
                "kind": row.author_kind,
                "avatar_url": build_avatar_url(row.author_avatar),
            },
            "type": row.type,
            "is_action": bool(row.is_action),
            "content": None if is_deleted else row.content,
            "html": None if is_deleted else row.html,
            "client_id": row.client_id,
            "reply_to": _format_id(row.reply_to),
            "forwarded": _describe_origin(row),
            "thread_id": _format_id(row.thread_id),
            "thread_seq": row.thread_seq,
            "thread": None if row.thread_summary in ("null", None) else _parse_json(row.thread_summary),
            "assets": [] if row.attachments in ("null", None) else describe_assets(_parse_json(row.attachments)),
            "previews": [] if row.previews in ("null", "[]", [], None) else list_previews(_parse_json(row.previews)),
            "reactions": [] if row.reactions in ("[]", []) else _list_reactions(row.reactions),
            "mentions": [] if is_deleted or row.mentioned_ids in ("[]", []) else _parse_json(row.mentioned_ids),
            "broadcast": None if is_deleted else row.broadcast or None,
            "created_at": _format_moment(row.created_at),
            "edited_at": _format_moment(row.edited_at),
            "deleted_at": _format_moment(row.deleted_at),
            "pinned_at": _format_moment(row.pinned_at),
            "pinned_by": _format_id(row.pinned_by),
        }
    )


def _describe_origin(row: MessageRow) -> dict[str, Any] | None:
    forwarded = _parse_json(row.forwarded)
    return forwarded and describe_origin(_format_id(row.forwarded_from), forwarded)


def _list_reactions(reactions: Any) -> list[dict[str, Any]]:
    return [
        {"emoji": shown["emoji"], "count": len(shown["user_ids"]), "user_ids": shown["user_ids"]}
        | ({"image_url": build_picture_url(shown["custom_id"])} if "custom_id" in shown else {})
        for shown in _parse_json(reactions)
    ]


def _parse_json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


def _format_id(value: Any) -> Any:
    """Return an id for JSON. SQLite's driver gives it as 32 digits."""
    if isinstance(value, str):
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    return value


def _format_moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return to_timestamp(moment if moment.tzinfo else from_raw_moment(moment))


# With every page of history that is not cached. Measured with 50 messages, as the driver gives them: 0.4 ms, 1.5 ms by
# the queryset.
_rows_lookup = PreparedLookup(lambda ids: Message.objects.filter(pk__in=ids).values_list(*_COLUMNS))
