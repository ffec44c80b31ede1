"""Give all forms of a page the same CSRF token."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import get_token


def get_page_token(request: HttpRequest) -> str:
    """Return the token of a request's answer. Django's `get_token` masks it anew with each call."""
    token: str | None = getattr(request, "page_token", None)
    if token is None:
        token = get_token(request)
        request.page_token = token  # type: ignore[attr-defined]
    return token
