"""Who is asking over REST: the bearer of a token, or the browser that is signed in."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from accounts.errors import Unauthenticated
from accounts.models import User
from accounts.services.tokens import TokenIdentity, authenticate_token
from accounts.sessions import SessionStore


class ApiRequest(HttpRequest):
    """What an operation receives: `auth` is the person who asks, `place_id` names the session or token they use."""

    auth: User
    token: TokenIdentity | None
    place_id: UUID


class BearerAuth(HttpBearer):
    """`Authorization: Bearer <access token>`. A bad token is refused even beside a good cookie."""

    def __call__(self, request: HttpRequest) -> Any | None:
        if not request.headers.get("Authorization"):
            return None
        # Kept on the request: an Idempotency-Key makes us ask twice.
        identity = getattr(request, "token", None) or super().__call__(request)
        if identity is None:
            raise Unauthenticated("token_invalid", "This token is unknown, expired or revoked.")
        _note(request, token=identity, place_id=identity.family_id)
        return identity.user

    def authenticate(self, request: HttpRequest, token: str) -> TokenIdentity | None:
        return authenticate_token(token)


class SessionAuth(APIKeyCookie):
    """The browser's session cookie, with Django's CSRF token on everything that writes."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise PermissionDenied("The CSRF token is missing or wrong.")
        place_id = cast(SessionStore, request.session).public_id
        if place_id is None:  # ended in this very moment
            return None
        _note(request, token=None, place_id=place_id)
        return request.user

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Not asked: Django's middleware has read the cookie."""


bearer, session = BearerAuth(), SessionAuth()


def identify(request: HttpRequest) -> User | None:
    """Whoever asks, by either way; a bad token or a missing CSRF token raises."""
    return bearer(request) or session(request)


def _note(request: HttpRequest, *, token: TokenIdentity | None, place_id: UUID) -> None:
    noted = cast(ApiRequest, request)
    noted.token, noted.place_id = token, place_id
