"""Type the requests that views, operations and the admin receive."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.identities import TokenIdentity
from accounts.models import User
from accounts.session_store import SessionStore


class ApiRequest(HttpRequest):
    """Request of a REST operation. `session_id` is the public id of the user's session, or of their token's family."""

    auth: User
    token: TokenIdentity | None
    session_id: UUID
    # Not named `scope`, which is that of the connection under ASGI.
    required_scope: str


def forbid_storing(response: HttpResponse) -> None:
    """Keep an answer that holds new secrets out of caches, and from being stored for its Idempotency-Key."""
    response["Cache-Control"] = "no-store"


class StaffRequest(HttpRequest):
    """Request of the admin, which has checked its user."""

    user: User


class SignedInRequest(HttpRequest):
    """Request of a page for signed-in users."""

    user: User
    session: SessionStore
