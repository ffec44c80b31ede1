"""Pages of a room's history, and what changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.fragments import Rendered, rendered_by_key
from chat.models import Message, Room, RoomMember

PAGE = 50
# With more unread than this the newest page no longer holds the first of them.
UNREAD_ON_A_PAGE = 40


class MessageKey(NamedTuple):
    """What finds a rendered message, and what a feed needs to place it."""

    id: UUID
    version: int
    author_stamp: datetime
    seq: int
    author_id: UUID
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One message of a feed, as the viewer-neutral fragment."""

    seq: int
    id: UUID
    author_id: UUID
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


@dataclass(frozen=True, slots=True)
class RoomPage:
    """A room as its page shows it."""

    room: Room
    membership: RoomMember | None
    feed: FeedPage
    first_unread_seq: int | None
    members: list[RoomMember]
    can_administer: bool
    can_post: bool

    @property
    def items(self) -> list[FeedItem]:
        return self.feed.items

    @property
    def has_older(self) -> bool:
        return self.feed.has_older

    @property
    def has_newer(self) -> bool:
        return self.feed.has_newer


def message_keys(
    room: Room, *, before: int | None = None, after: int | None = None, around: int | None = None, limit: int = PAGE
) -> list[MessageKey]:
    """Keys of a stretch of history in ascending `seq`, the newest page unless a place is given. One query, or two."""
    keys = _keys(Message.objects.filter(room=room.pk))
    if around is not None:
        older = keys.filter(seq__lt=around).order_by("-seq")[: limit // 2]
        newer = keys.filter(seq__gte=around).order_by("seq")[: limit - limit // 2]
        return [*reversed(_named(older)), *_named(newer)]
    if after is not None:
        return _named(keys.filter(seq__gt=after).order_by("seq")[:limit])
    if before is not None:
        keys = keys.filter(seq__lt=before)
    return _named(keys.order_by("-seq")[:limit])[::-1]


def changed_keys(room: Room, *, since: int, limit: int) -> list[MessageKey]:
    """Keys of at most `limit` + 1 messages changed after a version, in the order of their changes."""
    changed = Message.objects.filter(room=room.pk, version__gt=since)
    return _named(_keys(changed).order_by("version")[: limit + 1])


def renderings(keys: Sequence[MessageKey]) -> dict[UUID, Rendered]:
    """The rendered messages behind keys, by id."""
    return rendered_by_key((key.id, key.version, key.author_stamp.timestamp()) for key in keys)


def history_json(
    *,
    user: User,
    room_id: UUID,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = PAGE,
) -> bytes:
    """A stretch of history as the REST answer, put together from bodies that were encoded once. Two queries when warm.

    `next_cursor` is the `before` of the next older page, or with `after` the `after` of the next newer one.
    """
    room = Room.objects.visible_to(user).only("pk", "last_seq").get(pk=room_id)
    keys = message_keys(room, before=before, after=after, around=around, limit=limit)
    cursor = None
    if keys and after is not None:
        cursor = keys[-1].seq if keys[-1].seq < room.last_seq else None
    elif keys:
        cursor = keys[0].seq if keys[0].seq > 1 else None
    following = b"null" if cursor is None else b'"%d"' % cursor
    return b'{"items":[%b],"next_cursor":%b}' % (_json(keys), following)


def changes_json(*, user: User, room_id: UUID, since: int, limit: int) -> bytes:
    """What changed after a version as the REST answer, oldest change first. Two queries when warm."""
    room = Room.objects.visible_to(user).only("pk", "version").get(pk=room_id)
    reset = since > room.version
    keys = [] if reset else changed_keys(room, since=since, limit=limit)
    has_more = len(keys) > limit
    keys = keys[:limit]
    version = keys[-1].version if has_more else room.version
    flags = (b"true" if has_more else b"false", b"true" if reset else b"false")
    return b'{"items":[%b],"version":%d,"has_more":%b,"reset":%b}' % (_json(keys), version, *flags)


def feed_page(
    *,
    user: User,
    room_id: UUID,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = PAGE,
) -> FeedPage:
    """A stretch of a visible room's history."""
    room = Room.objects.visible_to(user).get(pk=room_id)
    return _page(room, message_keys(room, before=before, after=after, around=around, limit=limit))


def feed_changes(*, user: User, room_id: UUID, since: int, limit: int = 200) -> FeedChanges:
    """What a browser that was away has missed in a visible room."""
    room = Room.objects.visible_to(user).get(pk=room_id)
    if since > room.version:
        return FeedChanges([], room.version, has_more=False, reset=True)
    keys = changed_keys(room, since=since, limit=limit)
    has_more = len(keys) > limit
    keys = keys[:limit]
    version = keys[-1].version if has_more else room.version
    return FeedChanges(_items(keys), version, has_more=has_more, reset=False)


def room_page(*, user: User, room_id: UUID, around: int | None = None) -> RoomPage:
    """A visible room at its first unread message, at `around`, or at its end."""
    room = Room.objects.visible_to(user).select_related("organisation").get(pk=room_id)
    members = list(RoomMember.objects.filter(room=room).select_related("user").order_by("joined_at", "pk"))
    membership = next((member for member in members if member.user_id == user.pk), None)
    unread = room.last_seq - membership.last_read_seq if membership else 0
    first_unread = membership.last_read_seq + 1 if membership and unread > 0 else None
    if around is None and unread > UNREAD_ON_A_PAGE:
        around = first_unread
    return RoomPage(
        room=room,
        membership=membership,
        feed=_page(room, message_keys(room, around=around)),
        first_unread_seq=first_unread,
        members=members,
        can_administer=_can_administer(user, room, membership),
        can_post=membership is not None and not room.is_archived,
    )


def _can_administer(user: User, room: Room, membership: RoomMember | None) -> bool:
    if room.is_direct:
        return False
    if membership is not None and membership.role == RoomMember.Role.ADMIN:
        return True
    return Room.objects.administered_by(user).filter(pk=room.pk).exists()


def _keys(messages: QuerySet[Message]) -> QuerySet[Message, tuple[object, ...]]:
    return messages.values_list("pk", "version", "author__updated_at", "seq", "author_id", "created_at")


def _named(rows: QuerySet[Message, tuple[object, ...]]) -> list[MessageKey]:
    return [MessageKey(*row) for row in rows]  # type: ignore[arg-type]


def _page(room: Room, keys: Sequence[MessageKey]) -> FeedPage:
    return FeedPage(
        items=_items(keys),
        has_older=bool(keys) and keys[0].seq > 1,
        has_newer=bool(keys) and keys[-1].seq < room.last_seq,
    )


def _json(keys: Sequence[MessageKey]) -> bytes:
    shown = renderings(keys)
    return b",".join(shown[key.id].json for key in keys if key.id in shown)


def _items(keys: Sequence[MessageKey]) -> list[FeedItem]:
    shown = renderings(keys)
    return [
        FeedItem(key.seq, key.id, key.author_id, key.created_at, shown[key.id].html) for key in keys if key.id in shown
    ]
