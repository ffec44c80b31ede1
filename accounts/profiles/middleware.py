"""Apply the user's time zone and language to a request."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.languages import choose_language
from lib.text.time_zones import find_zone
from lib.web.client import pick_language
from lib.web.middleware import GetResponse


class TimezoneMiddleware:
    """Shows times on pages in the zone that the user has chosen, else in the one that the `tz` cookie names."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = _get_time_zone(request)
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)


class LanguageMiddleware:
    """Answers in the user's language, and leaves none of it on the thread for the next request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _get_language(request)
        with translation.override(language, deactivate=True):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response


def _get_time_zone(request: HttpRequest) -> ZoneInfo | None:
    # Data is in UTC; no user is loaded for it.
    if request.path.startswith("/api/"):
        return None
    chosen = getattr(getattr(request, "user", None), "time_zone", "")
    return find_zone(chosen) or find_zone(request.COOKIES.get("tz", ""))


def _get_language(request: HttpRequest) -> str:
    """Return the language that the user has chosen, else the one that the browser asks for.

    API clients say it by header, and so does our own script: no user is loaded for it.
    """
    if request.path.startswith("/admin/"):
        return settings.LANGUAGE_CODE  # our own texts there are in no other
    accepted = pick_language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    if request.path.startswith("/api/") or not request.user.is_authenticated:
        return accepted
    return choose_language(request.user, accepted)
