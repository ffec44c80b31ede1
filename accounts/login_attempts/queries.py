"""Find the login attempts of a user."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import LoginAttempt, User
from accounts.models.base import HistoryQuerySet

RECENT_SIGN_IN_PERIOD = timedelta(days=90)


def find_login_attempts(user: User) -> HistoryQuerySet[LoginAttempt]:
    """Return all attempts to sign in as a user, by the user or by others."""
    attempts: HistoryQuerySet[LoginAttempt] = LoginAttempt.objects.filter(user=user)
    return attempts


def find_recent_ip_addresses(email: str) -> set[str]:
    """Return the IP addresses from which the user with this e-mail address has signed in recently."""
    successes = LoginAttempt.objects.filter(
        email=email, outcome=LoginAttempt.Outcome.SUCCESS, created_at__gt=timezone.now() - RECENT_SIGN_IN_PERIOD
    )
    return {address for address in successes.values_list("ip_address", flat=True).distinct() if address}
