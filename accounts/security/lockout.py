"""Lock a client out after too many wrong passwords or codes."""

from __future__ import annotations

from django.core.cache import cache

from accounts.login_attempts.queries import addresses_signed_in_from
from accounts.models import User
from lib.rate_limit import Allowance, Lock, _key
from lib.web.client import network_of
from lib.web.errors import TooManyAttempts

QUARTER = 15 * 60


# Wrong passwords for one account from one client; right ones are free.
GUESSES = Lock("guesses", attempts=10, seconds=QUARTER)


# And for one account from anywhere, against guessers with many clients.
GUESSES_ANYWHERE = Allowance("guesses-anywhere", attempts=100, seconds=QUARTER)


# Wrong codes after the right password, from anywhere: whoever gets that far may be guessing for the owner.
CODES = Lock("codes", attempts=10, seconds=QUARTER)


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
