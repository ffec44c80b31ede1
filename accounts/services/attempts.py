"""The record of who tried to sign in."""

from __future__ import annotations

from accounts.models import LoginAttempt, User


def record_attempt(
    *,
    user: User | None,
    email: str,
    method: str,
    reason: str = "",
    ip_address: str | None = None,
    user_agent: str = "",
) -> LoginAttempt:
    """Keep one try to sign in; a `reason` says why it failed."""
    return LoginAttempt.objects.create(
        user=user,
        email=User.objects.normalize_email(email)[:254],
        method=method,
        outcome=LoginAttempt.Outcome.FAILURE if reason else LoginAttempt.Outcome.SUCCESS,
        reason=reason,
        ip_address=ip_address,
        user_agent=user_agent[:300],
    )
