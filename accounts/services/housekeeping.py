"""Sweeping out what has run out, so that tables hold what is in use."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import AccessToken, IdempotencyKey, Session, TokenFamily


def forget_expired() -> int:
    """Delete expired sessions, tokens and stored answers; how many rows went. Safe at any time, by any process."""
    now = timezone.now()
    piles = (
        Session.objects.filter(expire_date__lt=now),
        AccessToken.objects.filter(expires_at__lt=now),
        TokenFamily.objects.filter(expires_at__lt=now),
        IdempotencyKey.objects.worthless(),
    )
    return sum(pile.delete()[0] for pile in piles)
