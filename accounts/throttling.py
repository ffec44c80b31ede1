"""How often one may try to sign in or up. Counted in the cache, per address and per client."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from accounts.errors import TooManyAttempts


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `attempts` in each window of `seconds`."""

    name: str
    attempts: int
    seconds: int

    def spend(self, *of: str | None) -> None:
        """Count one attempt of whoever `of` names; refuse it when there were too many."""
        if not settings.THROTTLE:
            return
        key = self._key(of)
        cache.add(key, 0, timeout=self.seconds)
        if self._count(key) > self.attempts:
            raise TooManyAttempts(retry_after=self.seconds - int(time.time()) % self.seconds)

    @contextmanager
    def guess(self, *of: str | None) -> Iterator[None]:
        """Count an attempt; when what follows succeeds, forget that whoever `of` names made any."""
        self.spend(*of)
        yield
        if settings.THROTTLE:
            cache.delete(self._key(of))

    def _count(self, key: str) -> int:
        try:
            return cache.incr(key)
        except ValueError:  # expired between the two calls
            return 1

    def _key(self, of: tuple[str | None, ...]) -> str:
        who = hashlib.sha256(repr(of).lower().encode(errors="replace")).hexdigest()
        return f"throttle:{self.name}:{who}:{int(time.time()) // self.seconds}"


# Wrong passwords for one address from one client; right ones are free.
GUESSES = Allowance("guesses", attempts=10, seconds=300)
# And for one address from anywhere, against guessers with many clients.
GUESSES_ANYWHERE = Allowance("guesses-anywhere", attempts=50, seconds=900)
SIGN_INS = Allowance("sign-ins", attempts=300, seconds=300)
SIGN_UPS = Allowance("sign-ups", attempts=200, seconds=3600)
