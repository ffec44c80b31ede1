"""Find the address that a user has still to confirm."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from accounts.models import User


def unconfirmed_address_of(user: User) -> EmailAddress | None:
    """Return the address whose link has still to be followed: the new one asked for, else the present one."""
    return EmailAddress.objects.filter(user=user, verified=False).order_by("primary", "-pk").first()
