"""Create and revoke personal tokens: for a script or an app, with scopes and, where wanted, an expiry.

They survive a change of password and all else that ends sign-ins, as a script does not know the password. Deactivating
their user revokes them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created
from accounts.models import AccessToken, TokenFamily, User
from accounts.scopes import clean_scopes
from accounts.tokens.services.families import ACTIVITY_STEP, PERSONAL_PREFIX, end_families, end_family, hash_token
from lib.text.names import clean_name
from lib.web.errors import Conflict

MAX_TOKENS = 50
MAX_LIFETIME = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class NewToken:
    """New personal token with its text, which is not stored."""

    family: TokenFamily
    token: str


def create_token(*, actor: User, name: str, scopes: list[str], expires_at: datetime | None = None) -> NewToken:
    """Create a personal token with these scopes, which works until `expires_at` or until it is revoked.

    `expires_at` is in UTC unless it has an offset, and within `MAX_LIFETIME`. Raise `Conflict` above `MAX_TOKENS`.
    """
    now = timezone.now()
    family = TokenFamily(
        user=actor,
        kind=TokenFamily.Kind.PERSONAL,
        name=clean_name(name),
        scopes=clean_scopes(scopes),
        expires_at=_validate_expiry(expires_at, now) if expires_at else None,
        # Before its creation: not used yet, and its first use will be saved whenever that is.
        last_activity=now - ACTIVITY_STEP,
    )
    token = PERSONAL_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        # Concurrent requests wait for each other, so that each counts the tokens of the others.
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        if find_personal_tokens(actor).count() >= MAX_TOKENS:
            raise Conflict(
                format_lazy(_("At most {count} tokens. Revoke one that you no longer need."), count=MAX_TOKENS),
                "too_many_tokens",
            )
        family.save(force_insert=True)
        AccessToken.objects.create(family=family, token_hash=hash_token(token))
        record_created(actor, family, name=family.name, scopes=family.scopes, expires_at=family.expires_at)
    return NewToken(family, token)


def revoke_token(*, actor: User, token_id: UUID) -> None:
    """Revoke a personal token of the actor; its sockets close."""
    end_family(actor=actor, family=find_personal_tokens(actor).select_related("user").get(pk=token_id))


def revoke_all_tokens(*, user: User) -> int:
    """Revoke all personal tokens of a user who is being deactivated; return their number.

    Callers record the operation that this is part of in the audit log.
    """
    return end_families(family_ids=list(find_personal_tokens(user).values_list("pk", flat=True)))


def find_personal_tokens(user: User) -> QuerySet[TokenFamily]:
    """Return the active personal tokens of a user."""
    families: QuerySet[TokenFamily] = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.PERSONAL)
    return families


def _validate_expiry(expires_at: datetime, now: datetime) -> datetime:
    moment = expires_at if timezone.is_aware(expires_at) else expires_at.replace(tzinfo=UTC)
    if not now < moment <= now + MAX_LIFETIME:
        raise ValidationError({"expires_at": _("A token ends in the future, within ten years.")})
    return moment
