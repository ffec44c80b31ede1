"""Record the activity of sessions."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from accounts.session_store import SessionStore
from lib.web.client import ip_address_of, user_agent_of
from lib.web.middleware import GetResponse


class SessionActivityMiddleware:
    """Notes address, device and time on a signed-in person's session, at most once a minute."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A request that never looked at its session isn't made to load one.
        session = cast(SessionStore, request.session)
        if session.accessed and SESSION_KEY in session:
            session.touch(ip_address=ip_address_of(request), user_agent=user_agent_of(request))
        return response
