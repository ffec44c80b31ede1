"""Find the second factors of a user."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Passkey, RecoveryCode, SecondFactor, User

APP, PASSKEY, RECOVERY_CODES = "app", "passkey", "recovery_code"


def has_app(user: User) -> bool:
    """Tell whether the user has an authenticator app."""
    return SecondFactor.objects.filter(user=user, confirmed=True).exists()


def list_methods(user: User) -> list[str]:
    """Return the methods by which the user can prove their second factor: `app`, `passkey`, `recovery_code`."""
    owned = {
        APP: Exists(SecondFactor.objects.filter(user=OuterRef("pk"), confirmed=True)),
        PASSKEY: Exists(Passkey.objects.filter(user=OuterRef("pk"))),
        RECOVERY_CODES: Exists(RecoveryCode.objects.filter(user=OuterRef("pk"), used_at=None)),
    }
    found = User.objects.filter(pk=user.pk).values_list(*owned.values()).get()
    return [method for method, is_owned in zip(owned, found, strict=True) if is_owned]


def passkeys_of(user: User) -> QuerySet[Passkey]:
    """Return the passkeys of a user."""
    return Passkey.objects.filter(user=user)
