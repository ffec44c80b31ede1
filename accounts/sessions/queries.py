"""Find where a user is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import Session, TokenFamily, User
from lib.web.pagination import PageQuery, select_page_rows


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a person is signed in."""

    id: UUID
    kind: str
    ip_address: str | None
    user_agent: str
    last_activity: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody gets in by: browsers and clients that are signed in, and personal tokens."""

    sessions: int
    tokens: int


def access_of(user: User) -> Access:
    """How often somebody is signed in. Two queries."""
    browsers = Session.objects.filter(user=user, expire_date__gt=timezone.now()).count()
    kinds = list(TokenFamily.objects.live().filter(user=user).values_list("kind", flat=True))
    tokens = kinds.count(TokenFamily.Kind.PERSONAL)
    return Access(sessions=browsers + len(kinds) - tokens, tokens=tokens)


def places_of(user: User, page: PageQuery) -> list[Place]:
    """Where a person is signed in, newest first, at most one more than the page holds. Two queries."""
    sessions = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    families = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.SIGN_IN)
    browsers = select_page_rows(sessions, page, newest_first=True, key="public_id")
    clients = select_page_rows(families, page, newest_first=True)
    places = [_place(row, row.public_id, "browser") for row in browsers]
    places += [_place(row, row.pk, "token") for row in clients]
    return sorted(places, key=lambda place: place.id, reverse=True)[: page.limit + 1]


def _place(row: Session | TokenFamily, public_id: UUID, kind: str) -> Place:
    return Place(public_id, kind, row.ip_address, row.user_agent, row.last_activity, row.created_at)
