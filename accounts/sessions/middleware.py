"""Load and save sessions, and their last activity."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions import middleware
from django.http import HttpRequest, HttpResponse

from accounts.session_store import SessionStore


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, which also saves IP address, device and time of a signed-in user's requests, at most once a minute."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save a session that was used; to read that of another request would cost a query."""
        session = cast(SessionStore, request.session)
        if not (session.accessed or session.modified):
            return response
        if SESSION_KEY in session:
            session.touch(request)
        return super().process_response(request, response)
