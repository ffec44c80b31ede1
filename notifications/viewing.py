"""Remember which rooms users are looking at, on any device, so that nobody is pushed what they see.

Kept in the cache, which all processes share where there are several: pages say so many times an hour, and a lost entry
costs no more than one push too many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.cache import cache

from notifications.places import Pair

# Sockets renew what they know at half of that. The last entry of a process that dies lapses.
KEPT_SECONDS = 30


def note_viewing(pairs: Iterable[Pair]) -> None:
    """Note that users are looking at places now, for 30 seconds."""
    if entries := {_build_key(pair): True for pair in pairs}:
        cache.set_many(entries, KEPT_SECONDS)


def end_viewing(pair: Pair) -> None:
    """Note that a user is not looking at a place any more."""
    cache.delete(_build_key(pair))


def find_viewing(pairs: Collection[Pair]) -> set[Pair]:
    """Return those of the pairs whose user is looking at the place. One request to the cache."""
    if not pairs:
        return set()
    keys = {_build_key(pair): pair for pair in pairs}
    return {keys[key] for key in cache.get_many(keys)}


def _build_key(pair: Pair) -> str:
    user_id, place_id = pair
    return f"viewing:{user_id.hex}:{place_id.hex}"
