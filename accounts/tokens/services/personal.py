"""Personal tokens: made by hand for a script or an app, good for some things and until some day.

They outlive a change of password and everything else that ends sign-ins: a script does not know the password. Locking
their owner out ends them for good.
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
from accounts.permissions import require_system_administrator
from accounts.scopes import clean_scopes
from accounts.tokens.services.issue import ACTIVITY_STEP, PERSONAL_PREFIX, end_families, end_family, hash_token
from lib.text.names import clean_name
from lib.web.errors import Conflict

MAX_TOKENS = 50
MAX_LIFETIME = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A new personal token, and its text, which nobody can look up again."""

    family: TokenFamily
    token: str


def create_token(*, actor: User, name: str, scopes: list[str], expires_at: datetime | None = None) -> NewToken:
    """A token for what `scopes` say, until `expires_at` or until it is revoked."""
    now = timezone.now()
    family = TokenFamily(
        user=actor,
        kind=TokenFamily.Kind.PERSONAL,
        name=clean_name(name),
        scopes=clean_scopes(scopes),
        expires_at=_validate_expiry(expires_at, now) if expires_at else None,
        # Before it was made: not used yet, and its first use is noted whenever that is.
        last_activity=now - ACTIVITY_STEP,
    )
    token = PERSONAL_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        # Of two at the same time, the second one counts the first.
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
    """It is dead from now on, and its sockets close."""
    end_family(actor=actor, family=find_personal_tokens(actor).select_related("user").get(pk=token_id))


def revoke_all_tokens(*, user: User) -> int:
    """All that somebody has, for when they are locked out. How many; callers write down what it is part of."""
    return end_families(family_ids=list(find_personal_tokens(user).values_list("pk", flat=True)))


def find_personal_tokens(user: User) -> QuerySet[TokenFamily]:
    """Somebody's personal tokens that work."""
    families: QuerySet[TokenFamily] = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.PERSONAL)
    return families


def _validate_expiry(expires_at: datetime, now: datetime) -> datetime:
    moment = expires_at if timezone.is_aware(expires_at) else expires_at.replace(tzinfo=UTC)
    if not now < moment <= now + MAX_LIFETIME:
        raise ValidationError({"expires_at": _("A token ends in the future, within ten years.")})
    return moment


def end_sign_in(*, actor: User, family_id: UUID) -> None:
    """End one sign-in of one client: its tokens die, its sockets close."""
    require_system_administrator(actor)
    end_family(actor=actor, family=TokenFamily.objects.select_related("user").get(pk=family_id))
