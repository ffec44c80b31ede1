"""Record login attempts."""

from __future__ import annotations

from accounts.login_attempts.new_devices import warn_of_new_device
from accounts.models import LoginAttempt, User


def record_login_attempt(
    *,
    user: User | None,
    email: str,
    method: str,
    reason: str = "",
    ip_address: str | None = None,
    user_agent: str = "",
    origin: str = "",
) -> LoginAttempt:
    """Record an attempt to sign in, which failed if there is a `reason`. A success from a new device is mailed."""
    if user is not None and not reason:
        warn_of_new_device(user=user, ip_address=ip_address, user_agent=user_agent, origin=origin)
    return LoginAttempt.objects.create(
        user=user,
        email=User.objects.normalize_email(email)[:254],
        method=method,
        outcome=LoginAttempt.Outcome.FAILURE if reason else LoginAttempt.Outcome.SUCCESS,
        reason=reason,
        ip_address=ip_address,
        user_agent=user_agent[:300],
    )


def record_locked_attempt(
    *, email: str, method: str, ip_address: str | None = None, user_agent: str = ""
) -> LoginAttempt:
    """Record an attempt that was refused by a lockout, without checking its credentials."""
    return record_login_attempt(
        user=User.objects.filter(email=User.objects.normalize_email(email)).first(),
        email=email,
        method=method,
        reason="locked",
        ip_address=ip_address,
        user_agent=user_agent,
    )
