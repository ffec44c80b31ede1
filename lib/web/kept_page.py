"""Keep whole pages in memory, and answer with them for as long as the database would say the same.

A page is kept for its reader, with the queries that it was made from, and they are asked again with each request: a
page that would be another is made anew. No secret is kept: the CSRF token and the nonce of an answer are put in each
time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import Morsel
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from lib.cache import LRUCache
from lib.db.recording import Answer, Recording, note_expiry, record_queries
from lib.web.csrf import get_page_token
from lib.web.page_parts import Part, cut_page, join_parts, join_parts_compressed

# What changes by itself says so (`note_expiry`); this bounds what was forgotten.
MAX_AGE = timedelta(seconds=30)
# Bytes of pages, without what they share.
CAPACITY = 24 * 1024 * 1024
SHARED_PARTS = 128
# A token or a nonce that was not cut out.
SECRET = re.compile(r'csrfmiddlewaretoken" value="\w|nonce="[^"]')


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page in parts, with names of values between them; `state` is all that it depends on beside the queries."""

    state: Hashable
    recording: Recording
    parts: list[Part | str]
    size: int
    cookies: dict[str, Morsel[str]]


class KeptPages:
    """Pages by reader, path, and the part of the page that a script asks for.

    What stands between the two `shared` texts, such as a feed, is held once for all pages in which it is the same.
    """

    def __init__(self, shared: tuple[str, str]) -> None:
        self.shared = shared
        self._pages: LRUCache[Hashable, KeptPage] = LRUCache(CAPACITY, lambda page: page.size)
        self._shared_parts: LRUCache[str, Part] = LRUCache(SHARED_PARTS)

    def answer(self, request: HttpRequest, state: Hashable, build: Callable[[], HttpResponse]) -> HttpResponse:
        """Answer with the page that was kept, else with the one that `build` makes, and keep it.

        `state` is what the page depends on that is neither in a query nor in the request.
        """
        if settings.DEBUG or request.GET or len(get_messages(request)):
            return build()
        state = (state, _read_browser_state(request))
        place = (request.path, request.headers.get("X-Fragment"))
        key = (request.user.pk, place, get_language(), timezone.get_current_timezone_name())
        page = self._pages.get(key)
        known = list[Answer]()
        if page is not None:
            change = page.recording.find_change()
            if change is None and page.state == state:
                return _build_answer(request, page)
            known = change or []
            self._pages.discard(key)
        with record_queries(known) as recording:
            note_expiry(timezone.now() + MAX_AGE)
            response = build()
        if recording.is_complete and response.status_code == 200:
            self._keep(key, request, response, state, recording)
        return response

    def _keep(self, key: Hashable, request: Any, response: HttpResponse, state: Hashable, recording: Recording) -> None:
        values = {"token": get_page_token(request), "nonce": str(request.csp_nonce)}
        pieces = cut_page(response.content.decode(), values)
        if any(SECRET.search(text) for text in pieces[::2]):
            return
        size, parts = 0, list[Part | str]()
        for index, piece in enumerate(pieces):
            own, shared, rest = self._split_shared(piece) if index % 2 == 0 else (piece, "", "")
            parts += [own] if index % 2 else [Part(own)]
            size += len(own) + len(rest)
            if shared:
                parts += [self._share_part(shared), Part(rest)]
        self._pages.put(key, KeptPage(state, recording, parts, size, dict(response.cookies)))

    def _split_shared(self, text: str) -> tuple[str, str, str]:
        before, start, rest = text.partition(self.shared[0])
        shared, end, after = rest.rpartition(self.shared[1])
        return (before, start + shared + end, after) if start and end else (text, "", "")

    def _share_part(self, text: str) -> Part:
        part = self._shared_parts.get(text)
        if part is None:
            part = Part(text)
            self._shared_parts.put(text, part)
        return part


def _read_browser_state(request: HttpRequest) -> Hashable:
    """Return what the browser and its session say, without what only says who it is."""
    secrets = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    cookies = [item for item in request.COOKIES.items() if item[0] not in secrets]
    signs_in = ("_auth_", "account_", "_password_")
    session = [(key, str(value)) for key, value in request.session.items() if not key.startswith(signs_in)]
    return (tuple(sorted(cookies)), tuple(sorted(session)))


def _build_answer(request: Any, page: KeptPage) -> HttpResponse:
    values = {"token": get_page_token(request).encode()}
    if "nonce" in page.parts:
        values["nonce"] = str(request.csp_nonce).encode()
    parts = [values[part] if isinstance(part, str) else part for part in page.parts]
    if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        response = HttpResponse(join_parts_compressed(parts), headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(join_parts(parts))
    patch_vary_headers(response, ["Accept-Encoding"])
    response.cookies.update(page.cookies)
    return response
