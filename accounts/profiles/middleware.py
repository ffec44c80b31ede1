"""Apply the reader's time zone and language to a request."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.languages import language_for
from lib.text.time_zones import zone_named
from lib.web.client import accepted_language
from lib.web.middleware import GetResponse


class TimezoneMiddleware:
    """Times on pages are those of the reader's clock: the one they have chosen, else what the `tz` cookie names."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = self._zone_of(request)
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)

    def _zone_of(self, request: HttpRequest) -> ZoneInfo | None:
        # Whoever asks for data gets UTC; nobody is loaded for it.
        if request.path.startswith("/api/"):
            return None
        chosen = getattr(getattr(request, "user", None), "time_zone", "")
        return zone_named(chosen) or zone_named(request.COOKIES.get("tz", ""))


class LanguageMiddleware:
    """Answers are in the reader's language, and none of it is left on the thread for the next reader."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _get_language(request)
        with translation.override(language, deactivate=True):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response


def _get_language(request: HttpRequest) -> str:
    """On pages the one that somebody chose, else the one their browser asks for.

    Programs say it by header, and so does our own script: nobody is loaded for it.
    """
    if request.path.startswith("/admin/"):
        return settings.LANGUAGE_CODE  # whose own words are in no other
    accepted = accepted_language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    if request.path.startswith("/api/") or not request.user.is_authenticated:
        return accepted
    return language_for(request.user, accepted)
