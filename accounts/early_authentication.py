"""Authenticate a request by its head, before its body is read."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.asgi import ASGIRequest
from django.utils.functional import SimpleLazyObject

from accounts.authentication import identify_user
from accounts.models import User
from accounts.requests import ApiRequest
from accounts.session_store import SessionStore
from lib.web.errors import Unauthenticated

# Without them no form is looked for in a body that is not there yet.
BODY_HEADERS = (b"content-type", b"content-length", b"transfer-encoding")


def authenticate_head(scope: dict[str, Any], *, required_scope: str) -> User:
    """Return the user of a request by its ASGI scope: by bearer token, or by session with the header `X-CSRFToken`.

    Raise `Unauthenticated`, `PermissionDenied` for a missing CSRF token, `ScopeMissing` for a personal token without
    `required_scope`, and `SecondFactorRequired`. Queries the database.
    """
    headers = [(name, value) for name, value in scope["headers"] if name not in BODY_HEADERS]
    request = ASGIRequest(scope | {"headers": headers}, BytesIO())
    request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = cast(User, SimpleLazyObject(lambda: get_user(request)))
    cast(ApiRequest, request).required_scope = required_scope
    user = identify_user(request)
    if user is None:
        raise Unauthenticated
    return user
