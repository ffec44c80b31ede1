"""Store the first answer to a request that its client may repeat."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models.base import Record

RETENTION = timedelta(hours=24)
# A claim that has no answer after this time belongs to a process that has died.
ABANDONED_AFTER = timedelta(seconds=60)


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def expired(self) -> IdempotencyKeyQuerySet:
        """Return the answers past their retention, and the claims whose process has died."""
        now = timezone.now()
        return self.filter(
            models.Q(created_at__lt=now - RETENTION) | models.Q(status=None, created_at__lt=now - ABANDONED_AFTER)
        )


class IdempotencyKey(Record):
    """Claim on an Idempotency-Key, with the encrypted answer once there is one.

    `scope` and `key` are hashes; `body_hash` is a keyed hash of URL and body, whose secret is not in the database.
    """

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.BinaryField(blank=True)

    objects: ClassVar = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_claimed_once"),)
        indexes = (models.Index(fields=["created_at"], name="idempotency_key_age"),)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
