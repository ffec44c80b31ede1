"""How often one may try to sign in or up, and have mail sent. Counted in the cache, per address and per client."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from accounts.clients import network_of
from accounts.errors import TooManyAttempts
from accounts.models import User
from accounts.selectors import addresses_signed_in_from


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


QUARTER = 15 * 60
# Wrong passwords for one account from one client; right ones are free.
GUESSES = Lock("guesses", attempts=10, seconds=QUARTER)
# And for one account from anywhere, against guessers with many clients.
GUESSES_ANYWHERE = Allowance("guesses-anywhere", attempts=100, seconds=QUARTER)
# Wrong codes after the right password, from anywhere: whoever gets that far may be guessing for the owner.
CODES = Lock("codes", attempts=10, seconds=QUARTER)
SIGN_INS = Allowance("sign-ins", attempts=300, seconds=300)
PASSWORD_CHECKS = Allowance("password-checks", attempts=600, seconds=600)
SIGN_UPS = Allowance("sign-ups", attempts=200, seconds=3600)
# Mails to people who did not ask for them.
INVITATION_MAILS = Allowance("invitation-mails", attempts=100, seconds=3600)
INVITATION_MAILS_TO_ONE = Allowance("invitation-mails-to-one", attempts=10, seconds=3600)
VERIFICATION_MAILS = Allowance("verification-mails", attempts=5, seconds=3600)
# Drawing the largest of a hundred bytes takes a second.
PICTURES = Allowance("pictures", attempts=30, seconds=600)


def count_invitation_mail(actor: User, email: str) -> None:
    """Count a mail by who sends it and by who gets it."""
    INVITATION_MAILS.spend(str(actor.pk))
    INVITATION_MAILS_TO_ONE.spend(email)


def count_verification_mail(actor: User) -> None:
    """Count a mail that asks whether an address is theirs."""
    VERIFICATION_MAILS.spend(str(actor.pk))


def count_picture(actor: User) -> None:
    """Count a picture before it is looked at."""
    PICTURES.spend(str(actor.pk))


def count_password(email: str, ip_address: str | None) -> None:
    """Count a password before it is looked at, by whichever door it comes.

    Where its owner has signed in before, only what was tried there counts: strangers elsewhere can't lock them out.
    """
    account, client = User.objects.normalize_email(email), network_of(ip_address)
    GUESSES.count(client, account)
    try:
        GUESSES_ANYWHERE.spend(account)
    except TooManyAttempts:
        if not _is_known(account, client):
            raise


def forgive_password(email: str, ip_address: str | None) -> None:
    """It was right."""
    account = User.objects.normalize_email(email)
    GUESSES.forget(network_of(ip_address), account)
    GUESSES_ANYWHERE.give_back(account)


def trust_for_now(email: str, ip_address: str | None) -> None:
    """Whoever has just proved by mail that an account is theirs signs in from here whatever others try."""
    account, client = User.objects.normalize_email(email), network_of(ip_address)
    GUESSES.forget(client, account)
    cache.set(_key("trusted", (client, account)), True, QUARTER)


def _is_known(account: str, client: str | None) -> bool:
    if client is None:
        return False
    if cache.get(_key("trusted", (client, account))):
        return True
    return client in map(network_of, addresses_signed_in_from(account))


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
