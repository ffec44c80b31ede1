"""Lock clients out after too many wrong passwords or codes."""

from __future__ import annotations

from django.core.cache import cache

from accounts.login_attempts.queries import find_recent_ip_addresses
from accounts.models import User
from lib.rate_limit import Allowance, Lock, _key
from lib.web.client import network_of
from lib.web.errors import TooManyAttempts

LOCKOUT_SECONDS = 15 * 60
# Counts wrong passwords for one account from one client.
LOGIN_LOCKOUT = Lock("guesses", attempts=10, seconds=LOCKOUT_SECONDS)
# Counts wrong passwords for one account from all clients, against attackers who have many.
LOGIN_ALLOWANCE = Allowance("guesses-anywhere", attempts=100, seconds=LOCKOUT_SECONDS)
# Counts wrong codes from all clients: they follow the right password, so the owner is not locked out by strangers.
CODE_LOCKOUT = Lock("codes", attempts=10, seconds=LOCKOUT_SECONDS)


def count_password_attempt(email: str, ip_address: str | None) -> None:
    """Count a password before it is checked, by page or by API; raise `TooManyAttempts` during a lockout.

    For a client that the owner has signed in from, only attempts from there count: attackers elsewhere can't lock the
    owner out.
    """
    account, client = User.objects.normalize_email(email), network_of(ip_address)
    LOGIN_LOCKOUT.count(client, account)
    try:
        LOGIN_ALLOWANCE.spend(account)
    except TooManyAttempts:
        if not _is_known_client(account, client):
            raise


def reset_lockout(email: str, ip_address: str | None) -> None:
    """Forget the wrong passwords of a client for an account, after the right one."""
    account = User.objects.normalize_email(email)
    LOGIN_LOCKOUT.forget(network_of(ip_address), account)
    LOGIN_ALLOWANCE.give_back(account)


def allow_temporarily(email: str, ip_address: str | None) -> None:
    """Let a client sign in to an account for `LOCKOUT_SECONDS` despite the attempts of others.

    For a user who has just reset their password by mail.
    """
    account, client = User.objects.normalize_email(email), network_of(ip_address)
    LOGIN_LOCKOUT.forget(client, account)
    cache.set(_key("trusted", (client, account)), True, LOCKOUT_SECONDS)


def _is_known_client(account: str, client: str | None) -> bool:
    if client is None:
        return False
    if cache.get(_key("trusted", (client, account))):
        return True
    return client in map(network_of, find_recent_ip_addresses(account))
