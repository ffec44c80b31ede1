"""A message as its readers get it: one JSON body and one HTML fragment per version, whoever looks."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from chat.messages.schemas import MessageOut
from chat.models import Message
from lib.db.prepared import to_raw_value

# Bytes. A short message takes about 2 KB, so some thousand stay warm: the newest pages of the rooms that are busy.
CAPACITY = 24 * 1024 * 1024
STENCILS = 4096
# More names than anybody reads in a tooltip.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Rendered:
    """Viewer-neutral forms of one version of a message."""

    json: bytes
    html: str

    @property
    def size(self) -> int:
        return len(self.json) + len(self.html)


# A version of a message as shown: its id, its version, its stamp (somebody who reacted may have another name since) and
# when its author last changed their name or picture, each as the database gives it: pages of history are looked up by
# what one plain query answers.
Key = tuple[Any, int, Any, Any]


class FragmentCache:
    """The most recently used renderings. Keys carry versions, so nothing in it ever grows stale."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Key, Rendered] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Key) -> Rendered | None:
        with self._lock:
            rendered = self._kept.get(key)
            if rendered is not None:
                self._kept.move_to_end(key)
            return rendered

    def get_many(self, keys: Sequence[Key]) -> list[Rendered | None]:
        """One look for a whole page, under one lock."""
        with self._lock:
            found = [self._kept.get(key) for key in keys]
            for key, kept in zip(keys, found, strict=True):
                if kept is not None:
                    self._kept.move_to_end(key)
        return found

    def put(self, key: Key, rendered: Rendered) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = rendered
                self._size += rendered.size
            while self._size > self._capacity:
                _, dropped = self._kept.popitem(last=False)
                self._size -= dropped.size


cache = FragmentCache()


def rendered(message: Message) -> Rendered:
    """Both forms of a message whose author is loaded, from the cache or made now."""
    return cache.get(_key(message)) or _draw(message, _who_reacted([message]))


def rendered_by_key(keys: Sequence[Key]) -> list[Rendered | None]:
    """Renderings in the order of their keys, none for a message just gone; those not kept are loaded in one query, and
    who has reacted to them in another.
    """
    found = cache.get_many(keys)
    missing = [key[0] for key, kept in zip(keys, found, strict=True) if kept is None]
    if missing:
        messages = list(Message.objects.filter(pk__in=missing).for_rendering())
        names = _who_reacted(messages)
        fresh = {to_raw_value(message.pk): _draw(message, names) for message in messages}
        found = [kept or fresh.get(key[0]) for key, kept in zip(keys, found, strict=True)]
    return found


def _key(message: Message) -> Key:
    stamps = to_raw_value(message.updated_at), to_raw_value(message.author.updated_at)
    return to_raw_value(message.pk), message.version, *stamps


Names = dict[str, str]


def _who_reacted(messages: Sequence[Message]) -> Names:
    """Short names by id of those a tooltip names. One query where anybody has reacted."""
    ids = {user_id for message in messages for shown in message.reactions for user_id in shown["user_ids"][:NAMED]}
    return {str(user.pk): user.get_short_name() for user in User.objects.filter(pk__in=ids)} if ids else {}


def _draw(message: Message, names: Names) -> Rendered:
    drawn = Rendered(json=MessageOut.of(message).model_dump_json().encode(), html=_fragment(message, names))
    cache.put(_key(message), drawn)
    return drawn


def _fragment(message: Message, names: Names) -> str:
    """`chat/_message.html`, filled in. The template runs once per author and kind of message, not once per message."""
    author = message.author
    stencil = _stencil(
        Stencil(
            author.pk,
            author.updated_at,
            message.type,
            message.is_deleted,
            bool(message.edited_at),
            bool(message.client_id),
            message.is_pinned,
        ),
        author,
    )
    at = message.created_at.astimezone(UTC)
    values = {
        "pk": str(message.pk),
        "seq": str(message.seq),
        "version": str(message.version),
        "client_id": escape(message.client_id or ""),
        "html": message.html,
        "iso": at.isoformat(timespec="milliseconds"),
        "clock": f"{at.hour:02}:{at.minute:02}",
        "epoch": str(int(at.timestamp())),
        "reactions": reactions_html(message, names),
    }
    return "".join([values[part] if place % 2 else part for place, part in enumerate(stencil)])


def reactions_html(message: Message, names: Names) -> SafeString:
    """`chat/_reactions.html`, nothing where nobody has reacted."""
    if not message.reactions:
        return SafeString("")
    shown = [reaction | {"who": _who(reaction["user_ids"], names)} for reaction in message.reactions]
    return mark_safe(get_template("chat/messages/_reactions.html").render({"reactions": shown}).strip())  # noqa: S308  escaped


def _who(user_ids: list[str], names: Names) -> str:
    """`Alice, Bob and 3 others`"""
    named = [names[user_id] for user_id in user_ids[:NAMED] if user_id in names]
    others = len(user_ids) - len(named)
    if others:
        named.append(f"{others} other{'s' * (others > 1)}")
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


class Stencil(NamedTuple):
    """What of a fragment is the same for many messages."""

    author_id: UUID
    author_stamp: datetime
    type: str
    is_deleted: bool
    is_edited: bool
    has_client_id: bool
    is_pinned: bool


# Stand in for a message's own values while the template runs. Unguessable, so that nobody's name can contain one.
_SECRET = token_hex(16)
_VALUES = ("seq", "version", "client_id", "html", "iso", "clock", "epoch", "reactions")
_STAND_INS = {name: f"{_SECRET}-{name}-" for name in _VALUES}
_STAND_INS["pk"] = str(uuid4())
_PLACES = re.compile("|".join(map(re.escape, _STAND_INS.values())))
_NAMES = {stand_in: name for name, stand_in in _STAND_INS.items()}

_stencils: OrderedDict[Stencil, list[str]] = OrderedDict()


def _stencil(kind: Stencil, author: User) -> list[str]:
    """Text and names of values by turns."""
    kept = _stencils.get(kind)
    if kept is None:
        drawn = get_template("chat/messages/_message.html").render(_blank(kind, author)).strip()
        texts, places = _PLACES.split(drawn), _PLACES.findall(drawn)
        kept = [texts[0]]
        for place, text in zip(places, texts[1:], strict=True):
            kept += [_NAMES[place], text]
        _stencils[kind] = kept
        if len(_stencils) > STENCILS:
            _stencils.popitem(last=False)
    return kept


def _blank(kind: Stencil, author: User) -> dict[str, object]:
    message = {
        "pk": UUID(_STAND_INS["pk"]),
        "author": author,
        "type": kind.type,
        "is_deleted": kind.is_deleted,
        "edited_at": kind.is_edited,
        "client_id": _STAND_INS["client_id"] if kind.has_client_id else None,
        "is_pinned": kind.is_pinned,
    }
    own = {name: _STAND_INS[name] for name in ("seq", "version", "html")}
    return {"message": message | own} | {name: _STAND_INS[name] for name in ("iso", "clock", "epoch", "reactions")}
