"""Answer with a problem what goes wrong outside of operations: before one is found, or in what wraps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from lib.web.problems import CONTENT_TYPE, render_problem

if TYPE_CHECKING:
    from ninja import NinjaAPI
# Of the answers that a problem takes the place of: what RFC 9110 wants with 405 and with 416.
KEPT_HEADERS = ("Allow", "Content-Range")


def answer_with_problems(api: NinjaAPI, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view so that errors outside the operation are answered as problems too."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "\0" in request.path:
            # PostgreSQL's text can't hold NUL, so no row has such a name.
            return render_problem(404)
        if "%00" in request.META.get("QUERY_STRING", ""):
            return _refuse_nul_in_query(request)
        method = request.method
        try:
            request.method = "GET" if method == "HEAD" else method  # the server leaves out the body
            response = view(request, *args, **kwargs)
            request.method = method
        except Exception as error:
            response = api.on_exception(request, error)
        if response.status_code < 400 or response["Content-Type"].startswith((CONTENT_TYPE, "application/json")):
            return response
        return render_problem(
            response.status_code, headers={name: response[name] for name in KEPT_HEADERS if name in response}
        )

    return answer


@csrf_exempt
def answer_not_found(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Answer 404 for any other path under /api/."""
    return render_problem(404)


def _refuse_nul_in_query(request: HttpRequest) -> HttpResponse:
    names = [name for name, values in request.GET.lists() if "\0" in name + "".join(values)]
    return render_problem(
        422, errors=[{"loc": ["query", name], "msg": gettext("NUL can't be part of this.")} for name in names]
    )
