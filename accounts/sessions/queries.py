"""Find the active sessions of a user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import Session, TokenFamily, User
from lib.web.pagination import PageQuery, select_page_rows


@dataclass(frozen=True, slots=True)
class ActiveSession:
    """Sign-in of a browser, or of a REST client with its tokens."""

    id: UUID
    kind: str
    ip_address: str | None
    user_agent: str
    last_activity: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CredentialCounts:
    """Number of a user's active sessions, of browsers and REST clients, and of their personal tokens."""

    sessions: int
    tokens: int


def count_credentials(user: User) -> CredentialCounts:
    """Count the active sessions and personal tokens of a user. Two queries."""
    browsers = Session.objects.filter(user=user, expire_date__gt=timezone.now()).count()
    kinds = list(TokenFamily.objects.live().filter(user=user).values_list("kind", flat=True))
    tokens = kinds.count(TokenFamily.Kind.PERSONAL)
    return CredentialCounts(sessions=browsers + len(kinds) - tokens, tokens=tokens)


def active_sessions(user: User, page: PageQuery) -> list[ActiveSession]:
    """Return the active sessions of a user, newest first, at most one more than the page holds. Two queries."""
    sessions = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    families = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.SIGN_IN)
    browsers = select_page_rows(sessions, page, newest_first=True, key="public_id")
    clients = select_page_rows(families, page, newest_first=True)
    active = [_build_active_session(row, row.public_id, "browser") for row in browsers]
    active += [_build_active_session(row, row.pk, "token") for row in clients]
    return sorted(active, key=lambda session: session.id, reverse=True)[: page.limit + 1]


def _build_active_session(row: Session | TokenFamily, public_id: UUID, kind: str) -> ActiveSession:
    return ActiveSession(public_id, kind, row.ip_address, row.user_agent, row.last_activity, row.created_at)
