"""Find the keywords of users in new and edited messages, without asking the database of most of them.

The keywords of all users are kept in memory, and which room's row has said with which stamp that they are up to date: a
user who changes theirs changes the stamps of their rooms (`chat.rooms.permissions`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from chat.models import Message, Room
from lib.cache import LRUCache
from lib.text.search_text import build_search_text
from notifications.models import NotificationKeyword
from notifications.preferences.keywords import KeywordIndex

# Of each message: the users whose keywords are in it, with the first of each.
Keywords = Mapping[UUID, Mapping[UUID, str]]
Signature = tuple[int, UUID | None]


class KeywordChanges(NamedTuple):
    """Users by their keywords that an edit has brought into a message, and users none of whose are in it any more."""

    new: Mapping[UUID, str]
    gone: Collection[UUID]


class KnownKeywords(NamedTuple):
    """The keywords of all users, and what tells whether there are others by now."""

    signature: Signature
    keywords: KeywordIndex


class Checked(NamedTuple):
    """The keywords as they are for as long as a room's row carries a stamp."""

    stamp: UUID
    keywords: KeywordIndex


_checked: LRUCache[UUID, Checked] = LRUCache(4096)
_known = KnownKeywords((0, None), KeywordIndex([]))


def find_keywords(messages: Sequence[Message], rooms: Mapping[UUID, Room]) -> Keywords:
    """Return whose keywords are in new messages, whatever rooms these users are in. The rows of rooms are locked.

    One query for a room whose stamp has changed, two where any user has keywords, three after one has changed theirs.
    """
    found: dict[UUID, Mapping[UUID, str]] = {}
    indexes = {room_id: _check_keywords(rooms[room_id]) for room_id in {message.room_id for message in messages}}
    for message in messages if any(indexes.values()) else ():
        if users := indexes[message.room_id].find_matches(build_search_text(message.content)):
            found[message.pk] = users
    return found


def compare_keywords(message: Message, room: Room, *, before: str) -> KeywordChanges:
    """Compare whose keywords are in an edited message with whose were in its content before. The room's row is locked.

    As many queries as for a new message.
    """
    index = _check_keywords(room)
    if not index:
        return KeywordChanges({}, frozenset())
    former = index.find_matches(build_search_text(before))
    present = index.find_matches(build_search_text(message.content))
    new = {user_id: keyword for user_id, keyword in present.items() if user_id not in former}
    return KeywordChanges(new, frozenset(former.keys() - present.keys()))


def _check_keywords(room: Room) -> KeywordIndex:
    checked = _checked.get(room.pk)
    if checked is None or checked.stamp != room.access_stamp:
        checked = Checked(room.access_stamp, _load_index())
        _checked.put(room.pk, checked)
    return checked.keywords


def _load_index() -> KeywordIndex:
    """Return the keywords of all users, loaded again only where some were added or deleted."""
    global _known
    latest = NotificationKeyword.objects.order_by("-pk").values_list("pk", flat=True).first()
    signature: Signature = (NotificationKeyword.objects.count() if latest else 0, latest)
    if signature != _known.signature:
        rows = NotificationKeyword.objects.values_list("user", "term", "text")
        _known = KnownKeywords(signature, KeywordIndex(rows))
    return _known.keywords
