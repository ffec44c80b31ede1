"""What a REST client is signed in by: opaque tokens in families."""

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
from lib.db.prepared import PreparedQuery, build_instance, list_field_names

ACCESS_PREFIX = "atr_"


# Of those that people make by hand. Whoever scans for leaked keys tells them apart by it.
PERSONAL_PREFIX = "atr_pat_"


REFRESH_PREFIX = "atrr_"


ACCESS_LIFETIME = timedelta(hours=1)


REFRESH_LIFETIME = timedelta(days=30)


ACTIVITY_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenPair:
    access_token: str
    refresh_token: str
    expires_at: datetime


@transaction.atomic
def issue_tokens(*, user: User, ip_address: str | None = None, user_agent: str = "") -> TokenPair:
    """A new family with its first pair. Whoever calls this has made sure who `user` is."""
    family = TokenFamily.objects.create(
        user=user,
        ip_address=ip_address,
        user_agent=user_agent[:300],
        expires_at=timezone.now() + REFRESH_LIFETIME,
    )
    return add_pair(family)


def authenticate_token(raw: str) -> TokenIdentity | None:
    """Whose access token this is, as long as it, its family and its user are good. One query."""
    if not raw.startswith(ACCESS_PREFIX):
        return None
    row = _good_token.first(token_hash=hash_token(raw), now=timezone.now())
    if row is None:
        return None
    family_id, last_activity, kind, scopes, *fields = row
    _note_activity(family_id, last_activity)
    return TokenIdentity(
        user=build_instance(User, fields),
        family_id=family_id,
        scopes=frozenset(scopes) if kind == TokenFamily.Kind.PERSONAL else None,
    )


@transaction.atomic
def end_families(*, family_ids: list[UUID]) -> int:
    """From now on no token of these families is good, and their sockets close. How many ended by this call."""
    live = TokenFamily.objects.filter(pk__in=family_ids, revoked_at=None)
    keys = [f"token:{family_id}" for family_id in live.values_list("pk", flat=True)]
    ended: int = live.update(revoked_at=timezone.now())
    if keys:
        hooks.sessions_ended(keys=keys)
    return ended


@transaction.atomic
def end_family(*, actor: User | None, family: TokenFamily) -> bool:
    """End one and write down by whom; nobody did when it was noticed to be in wrong hands. Whether it was alive."""
    ended = end_families(family_ids=[family.pk]) == 1
    if ended:
        record_updated(actor, family, revoked_at=(None, timezone.now()))
    return ended


def hash_token(raw: str) -> str:
    """A token has 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(raw.encode(errors="replace")).hexdigest()


def add_pair(family: TokenFamily) -> TokenPair:
    """Another pair of a family, within the caller's transaction."""
    now = timezone.now()
    access = ACCESS_PREFIX + secrets.token_urlsafe(32)
    refresh = REFRESH_PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(family=family, token_hash=hash_token(access), expires_at=now + ACCESS_LIFETIME)
    RefreshToken.objects.create(family=family, token_hash=hash_token(refresh), expires_at=now + REFRESH_LIFETIME)
    # A family lives as long as somebody keeps renewing it.
    TokenFamily.objects.filter(pk=family.pk).update(expires_at=now + REFRESH_LIFETIME, last_activity=now)
    return TokenPair(access, refresh, now + ACCESS_LIFETIME)


def _note_activity(family_id: UUID, last_activity: datetime) -> None:
    now = timezone.now()
    if now - last_activity >= ACTIVITY_STEP:
        TokenFamily.objects.filter(pk=family_id).update(last_activity=now)


_good_token = PreparedQuery(
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
