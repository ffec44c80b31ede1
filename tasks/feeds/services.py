"""Open and revoke the feed of a user's calendar."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit.services import record_created, record_deleted
from accounts.models import User
from tasks.models import CalendarFeed

KEY_BYTES = 32
NOTED_AFTER = timedelta(minutes=10)


@transaction.atomic
def open_feed(*, actor: User) -> str:
    """Make a new key for the actor's feed, and return it: it is stored nowhere. The one before is dead."""
    revoke_feed(actor=actor)
    key = secrets.token_urlsafe(KEY_BYTES)
    record_created(actor, CalendarFeed.objects.create(user=actor, key_hash=hash_key(key)))
    return key


@transaction.atomic
def revoke_feed(*, actor: User) -> None:
    """End the actor's feed. Without one nothing changes."""
    for feed in CalendarFeed.objects.select_for_update(of=("self",)).filter(user=actor):
        record_deleted(actor, feed)
        feed.delete()


def read_feed(*, key: str) -> User:
    """Return whose feed a key opens, and note that it was read. Raise CalendarFeed.DoesNotExist for an unknown one.

    The feed of a deactivated user is as if there was none.
    """
    feed = CalendarFeed.objects.select_related("user").get(key_hash=hash_key(key), user__is_active=True)
    now = timezone.now()
    if feed.last_read_at is None or now - feed.last_read_at > NOTED_AFTER:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
    user: User = feed.user
    return user


def hash_key(key: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
