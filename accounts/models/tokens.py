"""Store hashes of bearer tokens: a copy of the database does not let its holder sign in."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.base import Record
from accounts.models.users import User


class TokenFamilyQuerySet(models.QuerySet["TokenFamily"]):
    def live(self) -> TokenFamilyQuerySet:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


class TokenFamily(Record):
    """Sign-in of a REST client, or a personal token; ending it revokes all of its access and refresh tokens."""

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in"
        PERSONAL = "personal"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_families", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SIGN_IN)
    name = models.CharField(max_length=80, blank=True, help_text="What its owner calls a personal token.")
    scopes = models.JSONField(
        default=list, blank=True, help_text="What a personal token is good for; a sign-in may do all its owner may."
    )
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    last_activity = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True, help_text="Empty: never.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = TokenFamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "token families"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=["sign_in", "personal"]), name="token_family_kind_known"),
        )
        indexes = (models.Index(fields=["user", "revoked_at"], name="token_family_of_user"),)

    def __str__(self) -> str:
        return f"token {self.name} of {self.user}" if self.kind == self.Kind.PERSONAL else f"sign-in of {self.user}"

    @property
    def last_used_at(self) -> datetime | None:
        """Return the time of the last use; a token that was never used has a `last_activity` before its creation."""
        return self.last_activity if self.last_activity >= self.created_at else None


class AccessToken(Record):
    """Token sent with every request. It expires after an hour; that of a personal token, with its family."""

    family = models.ForeignKey(TokenFamily, on_delete=models.CASCADE, related_name="access_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True, help_text="Empty: with its family.")

    def __str__(self) -> str:
        return f"access until {self.expires_at}"


class RefreshToken(Record):
    """Token that a client exchanges once for a new pair. `used_at` is set by compare-and-swap."""

    family = models.ForeignKey(TokenFamily, on_delete=models.CASCADE, related_name="refresh_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"refresh until {self.expires_at}"
