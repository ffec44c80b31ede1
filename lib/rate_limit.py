"""Count attempts per key in the cache: allowances per window, and locks after wrong guesses."""

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
class Allowance:
    """At most `attempts` in each window of `seconds`."""

    name: str
    attempts: int
    seconds: int

    def spend(self, *of: str | None) -> None:
        """Count one attempt of whoever `of` names; refuse it when there were too many."""
        if settings.THROTTLE and _add(self._key(of), 1, self.seconds) > self.attempts:
            raise TooManyAttempts(retry_after=self.seconds - int(time.time()) % self.seconds)

    def give_back(self, *of: str | None) -> None:
        """It was none that counts."""
        if settings.THROTTLE:
            _add(self._key(of), -1, self.seconds)

    def _key(self, of: tuple[str | None, ...]) -> str:
        return _key(self.name, of, int(time.time()) // self.seconds)


@dataclass(frozen=True, slots=True)
class Lock:
    """Shut by `attempts` wrong guesses for `seconds` from the last of them: never more in any time so long."""

    name: str
    attempts: int
    seconds: int

    def count(self, *of: str | None) -> int:
        """Count a guess of whoever `of` names before it is looked at; refuse it when there were too many.

        Returns how many there are now.
        """
        if not settings.THROTTLE:
            return 0
        key, now = _key(self.name, of), time.time()
        guesses = _add(key, 1, self.seconds)
        if guesses > self.attempts:
            opens = cache.get(_opening(key), now + self.seconds)
            raise TooManyAttempts(retry_after=max(1, round(opens - now)))
        cache.touch(key, self.seconds)
        cache.set(_opening(key), now + self.seconds, self.seconds)
        return guesses

    def give_back(self, *of: str | None) -> None:
        """The guess was right, which says nothing of those before it."""
        if settings.THROTTLE:
            _add(_key(self.name, of), -1, self.seconds)

    def forget(self, *of: str | None) -> None:
        """The guess was right: whoever `of` names made no wrong ones."""
        if settings.THROTTLE:
            cache.delete(_key(self.name, of))

    @contextmanager
    def guess(self, *of: str | None) -> Iterator[None]:
        """Count a guess, which is right when what follows succeeds."""
        self.count(*of)
        yield
        self.forget(*of)


def _add(key: str, step: int, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key, step)
    except ValueError:  # expired between the two calls
        return step


def _key(name: str, of: tuple[str | None, ...], window: int | str = "") -> str:
    who = hashlib.sha256(repr(of).lower().encode(errors="replace")).hexdigest()
    return f"throttle:{name}:{who}:{window}"


def _opening(key: str) -> str:
    return f"{key}:opens"
