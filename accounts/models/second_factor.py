"""Store second factors: the secret of an authenticator app, and recovery codes for when the app is lost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django_otp.models import Device

from accounts.models.base import Record
from accounts.models.users import User


class SecondFactor(Record, Device):
    """Authenticator app of a user (TOTP, RFC 6238). It takes effect once the user has confirmed it with a code."""

    key = models.CharField(max_length=255, help_text="The shared secret, encrypted with a key that is not in here.")
    last_t = models.BigIntegerField(default=-1, help_text="The time step of the newest code taken: none works twice.")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[SecondFactor]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user"], name="second_factor_once_per_person"),
            models.CheckConstraint(
                condition=models.Q(confirmed=False) | models.Q(confirmed_at__isnull=False),
                name="second_factor_confirmed_at_some_time",
            ),
        )

    def __str__(self) -> str:
        return f"second factor of {self.user}"


class RecoveryCode(Record):
    """Code that replaces a code from the app, once. Only its hash is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes", db_index=False)
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[RecoveryCode]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once_per_person"),)

    def __str__(self) -> str:
        return f"recovery code of {self.user}"
