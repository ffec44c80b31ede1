"""Store login attempts: as which user, from where, by which method, and with which outcome."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models.base import HistoryQuerySet, HistoryRecord
from accounts.models.users import User


class LoginAttempt(HistoryRecord):
    """Attempt to sign in, which is never deleted, not even with its user."""

    class Method(models.TextChoices):
        PASSWORD = "password"  # noqa: S105
        PASSWORD_RESET = "password_reset"  # noqa: S105
        SIGN_UP = "sign_up"
        TOKEN = "token"  # noqa: S105
        SECOND_FACTOR = "second_factor"
        RECOVERY_CODE = "recovery_code"
        PASSKEY = "passkey"
        PROVIDER = "provider"
        OTHER = "other"

    class Outcome(models.TextChoices):
        SUCCESS = "success"
        FAILURE = "failure"

    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="login_attempts", db_index=False
    )
    email = models.CharField(max_length=254, blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    method = models.CharField(max_length=16, choices=Method)
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=40, blank=True)

    objects: ClassVar = HistoryQuerySet["LoginAttempt"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    method__in=[
                        "password",
                        "password_reset",
                        "sign_up",
                        "token",
                        "second_factor",
                        "recovery_code",
                        "passkey",
                        "provider",
                        "other",
                    ]
                ),
                name="login_attempt_method_known",
            ),
            models.CheckConstraint(condition=Q(outcome__in=["success", "failure"]), name="login_attempt_outcome_known"),
        )
        indexes = (
            models.Index(fields=["email", "created_at"], name="login_attempt_by_email"),
            models.Index(fields=["created_at"], name="login_attempt_by_time"),
            models.Index(fields=["user", "created_at"], name="login_attempt_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.email}: {self.outcome}"
