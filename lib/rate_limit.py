"""Count attempts per key in the cache: rate limits per window, and lock-outs after wrong guesses."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from lib.web.errors import TooManyAttempts


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Limit of `attempts` in each window of `seconds`."""

    name: str
    attempts: int
    seconds: int

    def consume(self, *key: str | None) -> None:
        """Count one attempt under `key`; raise `TooManyAttempts` once the window has more than the limit."""
        if settings.THROTTLE and _add_to_count(self._build_key(key), 1, self.seconds) > self.attempts:
            raise TooManyAttempts(retry_after=self.seconds - int(time.time()) % self.seconds)

    def refund(self, *key: str | None) -> None:
        """Take back one attempt that should not count."""
        if settings.THROTTLE:
            _add_to_count(self._build_key(key), -1, self.seconds)

    def _build_key(self, key: tuple[str | None, ...]) -> str:
        return build_cache_key(self.name, key, int(time.time()) // self.seconds)


@dataclass(frozen=True, slots=True)
class Lockout:
    """Lock-out after `attempts` wrong guesses, until `seconds` after the last of them.

    So there are never more than `attempts` guesses within `seconds`, whenever they begin.
    """

    name: str
    attempts: int
    seconds: int

    def record_attempt(self, *key: str | None) -> int:
        """Count a guess under `key` before it is checked, and return how many there are now.

        Raise `TooManyAttempts` when there are more than `attempts`. Without THROTTLE nothing is counted: 0.
        """
        if not settings.THROTTLE:
            return 0
        cache_key, now = build_cache_key(self.name, key), time.time()
        count = _add_to_count(cache_key, 1, self.seconds)
        if count > self.attempts:
            unlocks_at = cache.get(_build_unlock_key(cache_key), now + self.seconds)
            raise TooManyAttempts(retry_after=max(1, round(unlocks_at - now)))
        cache.touch(cache_key, self.seconds)
        cache.set(_build_unlock_key(cache_key), now + self.seconds, self.seconds)
        return count

    def refund(self, *key: str | None) -> None:
        """Take back one right guess; wrong ones before it still count."""
        if settings.THROTTLE:
            _add_to_count(build_cache_key(self.name, key), -1, self.seconds)

    def reset(self, *key: str | None) -> None:
        """Forget all guesses under `key` after a right one."""
        if settings.THROTTLE:
            cache.delete(build_cache_key(self.name, key))

    @contextmanager
    def attempt(self, *key: str | None) -> Iterator[None]:
        """Count a guess; forget it and those before it when the block succeeds."""
        self.record_attempt(*key)
        yield
        self.reset(*key)


def build_cache_key(name: str, key: tuple[str | None, ...], window: int | str = "") -> str:
    """Return the cache key of a counter; what is counted (addresses) appears in it as a hash only."""
    digest = hashlib.sha256(repr(key).lower().encode(errors="replace")).hexdigest()
    return f"throttle:{name}:{digest}:{window}"


def _add_to_count(key: str, step: int, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key, step)
    except ValueError:  # expired between the two calls
        return step


def _build_unlock_key(key: str) -> str:
    return f"{key}:opens"
