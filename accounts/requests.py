"""Requests as views, operations and the admin receive them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.identities import TokenIdentity
from accounts.models import User
from accounts.session_store import SessionStore


class ApiRequest(HttpRequest):
    """What an operation receives: `auth` is the person who asks, `place_id` names the session or token they use."""

    auth: User
    token: TokenIdentity | None
    place_id: UUID
    # Not `scope`: under ASGI that is the connection's own.
    asked_scope: str


def unstored(response: HttpResponse) -> None:
    """For an answer that holds fresh secrets: neither caches nor an Idempotency-Key keep it."""
    response["Cache-Control"] = "no-store"


class StaffRequest(HttpRequest):
    """A request that the admin has let in."""

    user: User


class SignedInRequest(HttpRequest):
    """What a guarded page receives."""

    user: User
    session: SessionStore
