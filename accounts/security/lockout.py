"""Lock a client out after too many wrong passwords or codes."""

from __future__ import annotations

from django.core.cache import cache

from accounts.login_attempts.queries import addresses_signed_in_from
from accounts.models import User
from lib.rate_limit import Lockout, RateLimit, build_cache_key
from lib.web.client import get_network
from lib.web.errors import TooManyAttempts

QUARTER = 15 * 60


# Wrong passwords for one account from one client; right ones are free.
GUESSES = Lockout("guesses", attempts=10, seconds=QUARTER)


# And for one account from anywhere, against guessers with many clients.
GUESSES_ANYWHERE = RateLimit("guesses-anywhere", attempts=100, seconds=QUARTER)


# Wrong codes after the right password, from anywhere: whoever gets that far may be guessing for the owner.
CODES = Lockout("codes", attempts=10, seconds=QUARTER)


def count_password(email: str, ip_address: str | None) -> None:
    """Count a password before it is looked at, by whichever door it comes.

    Where its owner has signed in before, only what was tried there counts: strangers elsewhere can't lock them out.
    """
    account, client = User.objects.normalize_email(email), get_network(ip_address)
    GUESSES.record_attempt(client, account)
    try:
        GUESSES_ANYWHERE.consume(account)
    except TooManyAttempts:
        if not _is_known(account, client):
            raise


def forgive_password(email: str, ip_address: str | None) -> None:
    """It was right."""
    account = User.objects.normalize_email(email)
    GUESSES.reset(get_network(ip_address), account)
    GUESSES_ANYWHERE.refund(account)


def trust_for_now(email: str, ip_address: str | None) -> None:
    """Whoever has just proved by mail that an account is theirs signs in from here whatever others try."""
    account, client = User.objects.normalize_email(email), get_network(ip_address)
    GUESSES.reset(client, account)
    cache.set(build_cache_key("trusted", (client, account)), True, QUARTER)


def _is_known(account: str, client: str | None) -> bool:
    if client is None:
        return False
    if cache.get(build_cache_key("trusted", (client, account))):
        return True
    return client in map(get_network, addresses_signed_in_from(account))
