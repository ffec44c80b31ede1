"""Answer errors outside any view: by a problem under /api/, else by a page."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from lib.outages import describe_outage, find_full_storage, is_outage
from lib.web.errors import ServerBusy, StorageFull
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
    """Answer 507 for a full disk, 503 where too much is asked at once or what we need does not answer, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, ServerBusy):
        return answer_busy(request, error) if _is_api(request) else _show_unavailable(error, error.retry_after)
    if full := find_full_storage(error):
        return render_problem(507, str(full)) if _is_api(request) else _show_full_storage(full)
    if error and is_outage(error):
        detail = describe_outage(error)
        return render_problem(503, str(detail)) if _is_api(request) else _show_unavailable(detail, 1)
    return render_problem(500) if _is_api(request) else defaults.server_error(request)


def _show_unavailable(detail: object, retry_after: int) -> HttpResponse:
    page = render_to_string("503.html", {"detail": detail})
    return HttpResponse(page, status=503, headers={"Retry-After": str(retry_after)})


def _show_full_storage(error: StorageFull) -> HttpResponse:
    return HttpResponse(render_to_string("507.html", {"detail": error}), status=507)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)
