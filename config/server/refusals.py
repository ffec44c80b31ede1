"""Refuse requests on the event loop, before they take a thread: by a problem under /api/, else by a page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from lib.deferred import import_deferred
from lib.web.client import pick_language
from lib.web.errors import ServerBusy, StorageFull
from lib.web.problems import answer_busy, render_problem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def refuse_large_body(scope: dict[str, Any], detail: StrOrPromise = "") -> HttpResponse:
    """Answer 413; under /api/ with a text that names the limit, where there is one."""
    with translation.override(read_language(scope)):
        return render_problem(413, detail) if _is_api(scope) else HttpResponse(render_to_string("413.html"), status=413)


def refuse_busy(scope: dict[str, Any], error: ServerBusy) -> HttpResponse:
    """Answer 503 with the seconds until the next attempt."""
    return _render_busy(read_language(scope), error.retry_after, as_problem=_is_api(scope))


def refuse_full_storage(scope: dict[str, Any], error: StorageFull) -> HttpResponse:
    """Answer 507."""
    with translation.override(read_language(scope)):
        if _is_api(scope):
            return render_problem(507, str(error))
        return HttpResponse(render_to_string("507.html", {"detail": error}), status=507)


@cache
def _render_busy(language: str, retry_after: int, *, as_problem: bool) -> HttpResponse:
    """Render the answer once per language: it is given when there is no time to render it."""
    error = ServerBusy(retry_after)
    with translation.override(language):
        if as_problem:
            return answer_busy(None, error)
        page = render_to_string("503.html", {"detail": error})
    headers = {"Retry-After": str(retry_after), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def refuse_by_api(scope: dict[str, Any], error: Exception) -> HttpResponse:
    """Answer an exception as REST does. Only on a thread: what does it may have to be imported."""
    api = import_deferred("config.api").api
    request = HttpRequest()
    request.method, request.path = scope["method"], scope["path"]
    with translation.override(read_language(scope)):
        refused: HttpResponse = api.on_exception(request, error)
        return refused


def _is_api(scope: dict[str, Any]) -> bool:
    return bool(scope["path"].startswith("/api/"))


def read_language(scope: dict[str, Any]) -> str:
    """Return the code of the language that a client asks for."""
    header = b",".join(value for name, value in scope["headers"] if name == b"accept-language")
    return pick_language(header.decode("latin-1"))
