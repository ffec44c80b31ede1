"""Issue and authenticate the opaque tokens of REST clients, and end their families."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import hooks
from accounts.audit.services import record_updated
from accounts.identities import TokenIdentity
from accounts.models import AccessToken, RefreshToken, TokenFamily, User
from accounts.permissions import require_system_administrator
from lib.db.prepared import PreparedQuery, build_instance, list_field_names

ACCESS_PREFIX = "atr_"
# Scanners for leaked secrets recognise personal tokens by their own prefix.
PERSONAL_PREFIX = "atr_pat_"
REFRESH_PREFIX = "atrr_"
ACCESS_LIFETIME = timedelta(hours=1)
REFRESH_LIFETIME = timedelta(days=30)
ACTIVITY_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Access token and refresh token, as text, and when the access token expires."""

    access_token: str
    refresh_token: str
    expires_at: datetime


@transaction.atomic
def issue_tokens(*, user: User, ip_address: str | None = None, user_agent: str = "") -> TokenPair:
    """Create a family and return its first pair. Callers have authenticated the user."""
    family = TokenFamily.objects.create(
        user=user,
        ip_address=ip_address,
        user_agent=user_agent[:300],
        expires_at=timezone.now() + REFRESH_LIFETIME,
    )
    return add_token_pair(family)


def authenticate_token(token: str) -> TokenIdentity | None:
    """Return the identity of an access token, or nothing unless token, family and user are active. One query."""
    if not token.startswith(ACCESS_PREFIX):
        return None
    now = timezone.now()
    row = _active_token_query.first(token_hash=hash_token(token), now=now)
    if row is None:
        return None
    family_id, last_activity, kind, scopes, *fields = row
    user = build_instance(User, fields)
    if now - last_activity >= ACTIVITY_STEP:
        TokenFamily.objects.filter(pk=family_id).update(last_activity=now)
    return TokenIdentity(
        user=user,
        family_id=family_id,
        scopes=frozenset(scopes) if kind == TokenFamily.Kind.PERSONAL else None,
    )


@transaction.atomic
def end_families(*, family_ids: list[UUID]) -> int:
    """End token families: their tokens are revoked and their sockets close. Return how many this call has ended."""
    return _end_families_at(timezone.now(), family_ids)


@transaction.atomic
def end_family(*, actor: User | None, family: TokenFamily) -> bool:
    """End a token family and record it in the audit log; tell whether it was active.

    `actor` is nothing when the server ends it, after a replay.
    """
    now = timezone.now()
    has_ended = _end_families_at(now, [family.pk]) == 1
    if has_ended:
        record_updated(actor, family, revoked_at=(None, now))
    return has_ended


def end_any_family(*, actor: User, family_id: UUID) -> None:
    """End a token family of any user, a sign-in or a personal token, for system administrators; its sockets close."""
    require_system_administrator(actor)
    end_family(actor=actor, family=TokenFamily.objects.select_related("user").get(pk=family_id))


def hash_token(token: str) -> str:
    """Return the hash that is stored for a token. It has 256 random bits, so an unsalted hash is safe."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def add_token_pair(family: TokenFamily) -> TokenPair:
    """Add a pair to a family and extend its lifetime, within the caller's transaction."""
    now = timezone.now()
    access = ACCESS_PREFIX + secrets.token_urlsafe(32)
    refresh = REFRESH_PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(family=family, token_hash=hash_token(access), expires_at=now + ACCESS_LIFETIME)
    RefreshToken.objects.create(family=family, token_hash=hash_token(refresh), expires_at=now + REFRESH_LIFETIME)
    TokenFamily.objects.filter(pk=family.pk).update(expires_at=now + REFRESH_LIFETIME, last_activity=now)
    return TokenPair(access, refresh, now + ACCESS_LIFETIME)


def _end_families_at(moment: datetime, family_ids: list[UUID]) -> int:
    live = TokenFamily.objects.filter(pk__in=family_ids, revoked_at=None)
    keys = [f"token:{family_id}" for family_id in live.values_list("pk", flat=True)]
    ended: int = live.update(revoked_at=moment)
    if keys:
        hooks.sessions_ended(keys=keys)
    return ended


# With every request of a token. Measured: 0.05 ms, 0.71 ms by the queryset.
_active_token_query = PreparedQuery(
    lambda token_hash, now: AccessToken.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now),
        Q(family__expires_at=None) | Q(family__expires_at__gt=now),
        token_hash=token_hash,
        family__revoked_at=None,
        family__user__is_active=True,
    ).values_list(
        "family_id",
        "family__last_activity",
        "family__kind",
        "family__scopes",
        *list_field_names(User, "family__user__"),
    ),
    token_hash=str,
    now=datetime,
)
