"""Save the last activity of sessions."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from accounts.session_store import SessionStore
from lib.outages import skip_when_full
from lib.web.client import get_ip_address, get_user_agent
from lib.web.middleware import GetResponse


class SessionActivityMiddleware:
    """Save IP address, device and time of a signed-in user's requests on their session, at most once a minute."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Reading the session of a request that did not use it would cost a query.
        session = cast(SessionStore, request.session)
        if session.accessed and SESSION_KEY in session:
            with skip_when_full():
                session.touch(ip_address=get_ip_address(request), user_agent=get_user_agent(request))
        return response
