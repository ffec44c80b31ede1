"""Lock clients out after too many wrong passwords or codes."""

from __future__ import annotations

from django.core.cache import cache

from accounts.login_attempts.queries import find_recent_ip_addresses
from accounts.models import User
from lib.rate_limit import Lockout, RateLimit, build_cache_key
from lib.web.client import get_network
from lib.web.errors import TooManyAttempts

LOCKOUT_SECONDS = 15 * 60
# Counts wrong passwords for one account from one client.
LOGIN_LOCKOUT = Lockout("guesses", attempts=10, seconds=LOCKOUT_SECONDS)
# Counts wrong passwords for one account from all clients, against attackers who have many.
LOGIN_ALLOWANCE = RateLimit("guesses-anywhere", attempts=100, seconds=LOCKOUT_SECONDS)
# Counts wrong codes from all clients: they follow the right password, so the owner is not locked out by strangers.
CODE_LOCKOUT = Lockout("codes", attempts=10, seconds=LOCKOUT_SECONDS)


def count_password_attempt(email: str, ip_address: str | None) -> None:
    """Count a password before it is checked, by page or by API; raise `TooManyAttempts` during a lockout.

    For a client that the owner has signed in from, only attempts from there count: attackers elsewhere can't lock the
    owner out.
    """
    account, client = User.objects.normalize_email(email), get_network(ip_address)
    LOGIN_LOCKOUT.record_attempt(client, account)
    try:
        LOGIN_ALLOWANCE.consume(account)
    except TooManyAttempts:
        if not _is_known_client(account, client):
            raise


def reset_lockout(email: str, ip_address: str | None) -> None:
    """Forget the wrong passwords of a client for an account, after the right one."""
    account = User.objects.normalize_email(email)
    LOGIN_LOCKOUT.reset(get_network(ip_address), account)
    LOGIN_ALLOWANCE.refund(account)


def allow_temporarily(email: str, ip_address: str | None) -> None:
    """Let a client sign in to an account for `LOCKOUT_SECONDS` despite the attempts of others.

    For a user who has just reset their password by mail.
    """
    account, client = User.objects.normalize_email(email), get_network(ip_address)
    LOGIN_LOCKOUT.reset(client, account)
    cache.set(build_cache_key("trusted", (client, account)), True, LOCKOUT_SECONDS)


def _is_known_client(account: str, client: str | None) -> bool:
    if client is None:
        return False
    if cache.get(build_cache_key("trusted", (client, account))):
        return True
    return client in map(get_network, find_recent_ip_addresses(account))
