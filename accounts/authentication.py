"""Authenticate REST requests by bearer token or by session cookie."""

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
from accounts.scopes import determine_scope, require_scope
from accounts.session_store import SessionStore
from accounts.tokens.services.families import authenticate_token
from lib.web.errors import SecondFactorRequired, Unauthenticated

Run = Callable[..., HttpResponse]


class BearerAuth(HttpBearer):
    """Authentication by `Authorization: Bearer <access token>`. Another scheme is that of a proxy, and not read.

    An invalid token is refused even beside a valid cookie, and so is a personal token without the required scope.
    """

    def __init__(self, *, before_enrolment: bool = False) -> None:
        super().__init__()
        self.before_enrolment = before_enrolment

    def __call__(self, request: HttpRequest) -> Any | None:
        # Checked here too, since Ninja logs the header of another scheme, password and all.
        if request.headers.get("Authorization", "").partition(" ")[0].lower() != self.openapi_scheme:
            return None
        # Stored on the request, since an Idempotency-Key authenticates it twice.
        identity = getattr(request, "token", None) or super().__call__(request)
        if identity is None:
            raise Unauthenticated("token_invalid", _("This token is unknown, expired or revoked."))
        if identity.scopes is not None:  # a personal token
            require_scope(identity.scopes, cast(ApiRequest, request).required_scope)
        _set_identity(request, token=identity, session_id=identity.family_id)
        return _require_enrolment(identity.user, self.before_enrolment)

    def authenticate(self, request: HttpRequest, token: str) -> TokenIdentity | None:
        return authenticate_token(token)


class SessionAuth(APIKeyCookie):
    """Authentication by session cookie, with Django's CSRF token on every request that writes."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *, before_enrolment: bool = False) -> None:
        super().__init__()
        self.before_enrolment = before_enrolment

    def __call__(self, request: HttpRequest) -> Any | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise PermissionDenied(_("The CSRF token is missing or wrong."))
        session_id = cast(SessionStore, request.session).public_id
        if session_id is None:  # ended in this very moment
            return None
        _set_identity(request, token=None, session_id=session_id)
        return _require_enrolment(request.user, self.before_enrolment)

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Do nothing: Django's middleware has read the cookie."""


bearer_auth, session_auth = BearerAuth(), SessionAuth()


# For the operations open to users who must first turn on a second factor: read their profile, enrol, sign out.
AUTH_BEFORE_ENROLMENT = [BearerAuth(before_enrolment=True), SessionAuth(before_enrolment=True)]


def attach_scope(run: Run) -> Run:
    """Wrap an operation so that its requests carry the scope that it requires of a personal token."""
    operation = cast(Operation, inspect.unwrap(run).__self__)
    scope = get_scope(operation)

    @wraps(run)
    def run_scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cast(ApiRequest, request).required_scope = scope
        return run(request, *args, **kwargs)

    return run_scoped


def get_scope(operation: Operation) -> str:
    """Return the scope that an operation requires of a personal token."""
    return determine_scope(
        path=operation.path, methods=operation.methods, tags=operation.tags or (), operation=operation.view_func
    )


def identify_user(request: HttpRequest) -> User | None:
    """Return the user who makes a request, authenticated by token or cookie, or nothing for an anonymous request.

    Raise `Unauthenticated` for an invalid token, `PermissionDenied` for a missing CSRF token, `ScopeMissing` and
    `SecondFactorDue`.
    """
    return bearer_auth(request) or session_auth(request)


def _require_enrolment(user: User, before_enrolment: bool) -> User:
    if user.second_factor_due and not before_enrolment:
        raise SecondFactorRequired
    return user


def _set_identity(request: HttpRequest, *, token: TokenIdentity | None, session_id: UUID) -> None:
    api_request = cast(ApiRequest, request)
    api_request.token, api_request.session_id = token, session_id
