"""Find login attempts of a user."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import LoginAttempt, User
from accounts.models.base import HistoryQuerySet

REMEMBERED = timedelta(days=90)


def attempts_of(user: User) -> HistoryQuerySet[LoginAttempt]:
    """Every try to sign in as this person, whoever made it."""
    attempts: HistoryQuerySet[LoginAttempt] = LoginAttempt.objects.filter(user=user)
    return attempts


def addresses_signed_in_from(email: str) -> set[str]:
    """Where a person has signed in from of late."""
    successes = LoginAttempt.objects.filter(
        email=email, outcome=LoginAttempt.Outcome.SUCCESS, created_at__gt=timezone.now() - REMEMBERED
    )
    return {address for address in successes.values_list("ip_address", flat=True).distinct() if address}
