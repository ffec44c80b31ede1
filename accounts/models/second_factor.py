"""Store second factors: the secret of an authenticator app, passkeys, and recovery codes for when both are lost."""

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


class Passkey(Record, Device):
    """Public key of a user's passkey (WebAuthn): a second factor, and a way to sign in without a password."""

    name = models.CharField(max_length=80)
    credential_id = models.CharField(
        max_length=1400, unique=True, help_text="What authenticators know it by, in base64url: up to 1,023 bytes."
    )
    public_key = models.BinaryField(help_text="In COSE format; it verifies what the authenticator signs.")
    sign_count = models.BigIntegerField(
        default=0, help_text="The authenticator's count of signatures; always 0 with those that are synchronised."
    )
    transports = models.JSONField(default=list, blank=True, help_text="How browsers reach the authenticator.")
    is_discoverable = models.BooleanField(
        default=True, help_text="Whether it can sign in without an e-mail address; a second factor needs no such thing."
    )
    is_synced = models.BooleanField(default=False, help_text="Whether its owner has it on several devices.")
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Passkey]] = models.Manager()

    def __str__(self) -> str:
        return f"passkey {self.name} of {self.user}"


class RecoveryCode(Record):
    """Code that replaces a code from the app or a passkey, once. Only its hash is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes", db_index=False)
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[RecoveryCode]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once_per_person"),)

    def __str__(self) -> str:
        return f"recovery code of {self.user}"
