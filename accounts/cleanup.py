"""Sweeping out what has run out, so that tables hold what is in use."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import AccessToken, IdempotencyKey, RefreshToken, SecondFactor, Session, TokenFamily

# For this long the admin shows what was ended, and by whom it was used.
REMEMBERED = timedelta(days=30)
# Whoever has begun to turn on a second factor has this long to type a first code.
BEGUN = timedelta(days=1)


def forget_expired() -> int:
    """Delete what has run out of sessions, tokens and stored answers, what was revoked long ago or only ever begun.

    How many rows went. Safe at any time, by any process.
    """
    now = timezone.now()
    piles = (
        Session.objects.filter(expire_date__lt=now),
        AccessToken.objects.filter(expires_at__lt=now),
        RefreshToken.objects.filter(expires_at__lt=now),
        TokenFamily.objects.filter(expires_at__lt=now),
        TokenFamily.objects.filter(revoked_at__lt=now - REMEMBERED),
        SecondFactor.objects.filter(confirmed=False, updated_at__lt=now - BEGUN),
        IdempotencyKey.objects.worthless(),
    )
    return sum(pile.delete()[0] for pile in piles)
