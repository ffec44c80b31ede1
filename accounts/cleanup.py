"""Delete expired rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AccessToken, IdempotencyKey, RefreshToken, SecondFactor, Session, TokenFamily

# The admin shows revoked tokens, and from where they were used, for this long.
REVOKED_RETENTION = timedelta(days=30)
# Users have this long to confirm a second factor with a first code.
ENROLMENT_LIFETIME = timedelta(days=1)


def delete_expired() -> int:
    """Delete expired sessions, tokens and stored answers, old revoked tokens and abandoned enrolments.

    Return the number of deleted rows. Any process may call it at any time.
    """
    return sum(queryset.delete()[0] for queryset in _select_expired())


def has_expired() -> bool:
    """Tell whether there is anything to delete, by reads alone."""
    return any(queryset.exists() for queryset in _select_expired())


def _select_expired() -> tuple[QuerySet[Any, Any], ...]:
    now = timezone.now()
    return (
        Session.objects.filter(expire_date__lt=now),
        AccessToken.objects.filter(expires_at__lt=now),
        RefreshToken.objects.filter(expires_at__lt=now),
        TokenFamily.objects.filter(expires_at__lt=now),
        TokenFamily.objects.filter(revoked_at__lt=now - REVOKED_RETENTION),
        SecondFactor.objects.filter(confirmed=False, updated_at__lt=now - ENROLMENT_LIFETIME),
        IdempotencyKey.objects.expired(),
    )
