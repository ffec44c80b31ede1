"""A message as its readers get it: one JSON body and one HTML fragment per version, whoever looks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.template.loader import get_template

from chat.models import Message
from chat.schemas import MessageOut

# About 2 KB each: a few busy rooms' newest pages stay warm within some 20 MB.
CAPACITY = 8192


@dataclass(frozen=True, slots=True)
class Rendered:
    """Viewer-neutral forms of one version of a message."""

    json: bytes
    html: str


# A version of a message as shown: its id, its version and when its author last changed their name or picture.
Key = tuple[UUID, int, float]


class FragmentCache:
    """The most recently used renderings. Keys carry versions, so nothing in it ever grows stale."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Key, Rendered] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Rendered | None:
        with self._lock:
            rendered = self._kept.get(key)
            if rendered is not None:
                self._kept.move_to_end(key)
            return rendered

    def put(self, key: Key, rendered: Rendered) -> None:
        with self._lock:
            self._kept[key] = rendered
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)


cache = FragmentCache()


def rendered(message: Message) -> Rendered:
    """Both forms of a message whose author is loaded, from the cache or made now."""
    key = (message.pk, message.version, message.author.updated_at.timestamp())
    kept = cache.get(key)
    if kept is None:
        kept = Rendered(json=MessageOut.of(message).model_dump_json().encode(), html=_fragment(message))
        cache.put(key, kept)
    return kept


def rendered_by_key(keys: Iterable[Key]) -> dict[UUID, Rendered]:
    """Renderings by message id; only those not kept are loaded, in one query."""
    found: dict[UUID, Rendered] = {}
    missing: list[UUID] = []
    for key in keys:
        kept = cache.get(key)
        if kept is None:
            missing.append(key[0])
        else:
            found[key[0]] = kept
    if missing:
        for message in Message.objects.filter(pk__in=missing).for_rendering():
            found[message.pk] = rendered(message)
    return found


def _fragment(message: Message) -> str:
    return get_template("chat/_message.html").render({"message": message}).strip()
