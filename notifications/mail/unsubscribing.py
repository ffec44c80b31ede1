"""Links by which a user stops their mails with one click, signed out too (RFC 8058)."""

from __future__ import annotations

from uuid import UUID

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

SALT = "notifications.mail.unsubscribing"


def build_unsubscribe_path(user_id: UUID) -> str:
    """Return the path at which the mails of a user are stopped. It stays valid: mails are kept for years."""
    return reverse("notifications:unsubscribe", args=[signing.Signer(salt=SALT).sign(user_id.hex)])


def read_unsubscribe_token(token: str) -> UUID:
    """Return whose mails a link stops. Raise ObjectDoesNotExist for one that was not made here."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise ObjectDoesNotExist from error
