"""Identities that a credential stands for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User


@dataclass(frozen=True, slots=True)
class TokenIdentity:
    """Who shows a token. `scopes` is none for a sign-in, which may do all that its owner may."""

    user: User
    family_id: UUID
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SessionIdentity:
    user: User
    public_id: UUID
