"""Who is asking over REST: the bearer of a token, or the browser that is signed in."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.operation import Operation
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from accounts.identities import TokenIdentity
from accounts.models import User
from accounts.requests import ApiRequest
from accounts.scopes import require_scope, scope_for
from accounts.session_store import SessionStore
from accounts.tokens.services.issue import authenticate_token
from lib.web.errors import SecondFactorRequired, Unauthenticated

Run = Callable[..., HttpResponse]


class BearerAuth(HttpBearer):
    """`Authorization: Bearer <access token>`. A bad token is refused even beside a good cookie, and a personal token
    where it lacks the scope.
    """

    def __init__(self, *, while_due: bool = False) -> None:
        super().__init__()
        self.while_due = while_due

    def __call__(self, request: HttpRequest) -> Any | None:
        if not request.headers.get("Authorization"):
            return None
        # Kept on the request: an Idempotency-Key makes us ask twice.
        identity = getattr(request, "token", None) or super().__call__(request)
        if identity is None:
            raise Unauthenticated("token_invalid", _("This token is unknown, expired or revoked."))
        require_scope(identity.scopes, cast(ApiRequest, request).asked_scope)
        _note(request, token=identity, place_id=identity.family_id)
        return _enrolled(identity.user, self.while_due)

    def authenticate(self, request: HttpRequest, token: str) -> TokenIdentity | None:
        return authenticate_token(token)


class SessionAuth(APIKeyCookie):
    """The browser's session cookie, with Django's CSRF token on everything that writes."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *, while_due: bool = False) -> None:
        super().__init__()
        self.while_due = while_due

    def __call__(self, request: HttpRequest) -> Any | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise PermissionDenied(_("The CSRF token is missing or wrong."))
        place_id = cast(SessionStore, request.session).public_id
        if place_id is None:  # ended in this very moment
            return None
        _note(request, token=None, place_id=place_id)
        return _enrolled(request.user, self.while_due)

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Not asked: Django's middleware has read the cookie."""


bearer, session = BearerAuth(), SessionAuth()


# For what is open to those who have yet to turn on a second factor: to see who they are, do that, or go.
WHILE_DUE = [BearerAuth(while_due=True), SessionAuth(while_due=True)]


def scoped(run: Run) -> Run:
    """Wrap an operation so that whoever identifies its requests knows which scope it asks for."""
    operation = cast(Operation, inspect.unwrap(run).__self__)
    scope = scope_of(operation)

    @wraps(run)
    def run_scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cast(ApiRequest, request).asked_scope = scope
        return run(request, *args, **kwargs)

    return run_scoped


def scope_of(operation: Operation) -> str:
    """What an operation asks of a personal token."""
    return scope_for(
        path=operation.path, methods=operation.methods, tags=operation.tags or (), operation=operation.view_func
    )


def identify(request: HttpRequest) -> User | None:
    """Whoever asks, by either way; a bad token or a missing CSRF token raises."""
    return bearer(request) or session(request)


def _enrolled(user: User, while_due: bool) -> User:
    if user.second_factor_due and not while_due:
        raise SecondFactorRequired
    return user


def _note(request: HttpRequest, *, token: TokenIdentity | None, place_id: UUID) -> None:
    noted = cast(ApiRequest, request)
    noted.token, noted.place_id = token, place_id
