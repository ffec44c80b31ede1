"""Answer errors outside any view: by a problem under /api/, else by a page."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from lib.web.errors import ServerBusy
from lib.web.problems import answer_busy, render_problem

API_PREFIX = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return render_problem(400) if _is_api(request) else defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render_problem(403) if _is_api(request) else defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return render_problem(404) if _is_api(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where too much is asked at once, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, ServerBusy):
        return answer_busy(request, error) if _is_api(request) else _answer_unavailable(request, error)
    return render_problem(500) if _is_api(request) else defaults.server_error(request)


def _answer_unavailable(request: HttpRequest, error: ServerBusy) -> HttpResponse:
    response = render(request, "503.html", {"detail": error}, status=503)
    response["Retry-After"] = str(error.retry_after)
    return response


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)
