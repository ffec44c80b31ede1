"""What each request of a signed-in person tells: where they are active, and what time it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.clients import ip_address_of, user_agent_of
from accounts.sessions import SessionStore

GetResponse = Callable[[HttpRequest], HttpResponse]


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


class TimezoneMiddleware:
    """Times on pages are those of the reader's clock, as the `tz` cookie names it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = zone_named(request.COOKIES.get("tz", ""))
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """The time zone, or nothing for a name that no clock has: cookies are anybody's text."""
    if not 0 < len(name) <= 64:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None
