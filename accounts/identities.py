"""Define the identities that credentials prove."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User


@dataclass(frozen=True, slots=True)
class TokenIdentity:
    """User and family of a bearer token. `scopes` is `None` for a sign-in, which is not restricted to scopes."""

    user: User
    family_id: UUID
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SessionIdentity:
    """User and public id of a browser session."""

    user: User
    public_id: UUID
