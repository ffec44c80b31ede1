"""Every error under /api/ as application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as ShapeError

from lib.web.errors import Conflict, ScopeMissing, Taken, TooLarge, TooManyAttempts, Unauthenticated, UnsupportedType

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_type",
    422: "invalid",
    429: "too_many_requests",
    500: "internal_error",
    503: "unavailable",
}
DETAILS = {
    401: _("Sign in first."),
    403: _("You may not do this."),
    404: _("There is nothing here for you."),
    405: _("This method is not offered here."),
    413: _("This is too large."),
    422: _("Some of what was sent is not valid."),
    500: _("Something broke on our side. It has been noted."),
}


def problem(
    status: int,
    detail: StrOrPromise = "",
    code: str = "",
    *,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The answer for one error."""
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": str(detail or DETAILS.get(status, title)),
        "code": code or CODES.get(status, "error"),
    }
    if errors is not None:
        body["errors"] = errors
    return HttpResponse(
        orjson.dumps(body),
        status=status,
        headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"} | (headers or {}),
    )


def unauthenticated(_: HttpRequest, error: Exception) -> HttpResponse:
    code = getattr(error, "code", "not_signed_in")
    return problem(401, getattr(error, "detail", ""), code, headers={"WWW-Authenticate": 'Bearer realm="atrium"'})


def conflict(_: HttpRequest, error: Conflict) -> HttpResponse:
    return problem(409, error.detail, error.code)


def scope_missing(_: HttpRequest, error: ScopeMissing) -> HttpResponse:
    challenge = f'Bearer realm="atrium", error="insufficient_scope", scope="{error.scope}"'
    return problem(403, str(error), error.code, headers={"WWW-Authenticate": challenge} if error.scope else {})


def throttled(_: HttpRequest, error: TooManyAttempts) -> HttpResponse:
    return problem(429, str(error), headers={"Retry-After": str(error.retry_after)})


def misshapen(_: HttpRequest, error: ShapeError) -> HttpResponse:
    faults = [{"loc": _loc(fault["loc"]), "msg": fault["msg"]} for fault in error.errors]
    return problem(422, errors=faults)


def invalid(_: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, errors=list(_faults(error)))


def taken(_: HttpRequest, error: Taken) -> HttpResponse:
    faults = list(_faults(error))
    return problem(409, faults[0]["msg"], "taken", errors=faults)


def unsuitable(status: int) -> Callable[[HttpRequest, ValidationError], HttpResponse]:
    """A file that is too large, or of a kind that isn't taken."""

    def answer(_: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = list(_faults(error))
        return problem(status, faults[0]["msg"], errors=faults)

    return answer


def refused(_: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: 400 stands for a body that is no JSON object, which is one more way to be invalid."""
    if error.status_code == 400:
        return problem(422, errors=[{"loc": ["body"], "msg": gettext("This is not a JSON object that we can read.")}])
    return problem(error.status_code, str(error))


def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database is locked for too long, restarting, or full."""
    logger.error("%s %s found no database", request.method, request.path, exc_info=error)
    return problem(503, gettext("The database does not answer. Try again in a moment."), headers={"Retry-After": "1"})


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500)


def install(api: NinjaAPI) -> None:
    """Teach the API which answer belongs to which exception."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Exception: broken,
        AuthenticationError: unauthenticated,
        Unauthenticated: unauthenticated,
        PermissionDenied: lambda _, error: problem(403, str(error), getattr(error, "code", "")),
        ScopeMissing: scope_missing,
        Http404: lambda *_: problem(404),
        ObjectDoesNotExist: lambda *_: problem(404),
        Conflict: conflict,
        Taken: taken,
        TooLarge: unsuitable(413),
        UnsupportedType: unsuitable(415),
        TooManyAttempts: throttled,
        ValidationError: invalid,
        ShapeError: misshapen,
        HttpError: refused,
        OperationalError: unavailable,
        RequestDataTooBig: lambda *_: problem(413),
        SuspiciousOperation: lambda *_: problem(400),
        UnreadablePostError: lambda *_: problem(400, gettext("The request ended too early.")),
    }
    for exception, handler in handlers.items():
        api.add_exception_handler(exception, handler)


def answering(api: NinjaAPI, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view so that whatever goes wrong around the operation is answered as a problem too."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "\0" in request.path:
            # PostgreSQL's text can't hold NUL, so nothing has such a name.
            return problem(404)
        if "%00" in request.META.get("QUERY_STRING", ""):
            return _nul_in_query(request)
        try:
            with _head_as_get(request):
                response = view(request, *args, **kwargs)
        except Exception as error:
            response = api.on_exception(request, error)
        if response.status_code < 400 or response["Content-Type"].startswith((CONTENT_TYPE, "application/json")):
            return response
        return problem(response.status_code, headers={"Allow": response["Allow"]} if "Allow" in response else {})

    return answer


@csrf_exempt
def nothing_here(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Any other path under /api/."""
    return problem(404)


def _nul_in_query(request: HttpRequest) -> HttpResponse:
    names = [name for name, values in request.GET.lists() if "\0" in name + "".join(values)]
    return problem(
        422, errors=[{"loc": ["query", name], "msg": gettext("NUL can't be part of this.")} for name in names]
    )


@contextmanager
def _head_as_get(request: HttpRequest) -> Iterator[None]:
    """HEAD is GET whose body the server leaves out."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    yield
    request.method = method


def _faults(error: ValidationError) -> Iterable[dict[str, Any]]:
    if hasattr(error, "error_dict"):
        for field, faults in error.message_dict.items():
            yield from ({"loc": ["body"] if field == NON_FIELD_ERRORS else ["body", field], "msg": m} for m in faults)
    else:
        yield from ({"loc": ["body"], "msg": message} for message in error.messages)


def _loc(loc: Iterable[Any]) -> list[Any]:
    """Where it is, as clients see it: without the name that the operation gives to its body or query."""
    source, *rest = loc
    return [source, *rest[1:]] if len(rest) > 1 and rest[0] in ("body", "page", "query") else [source, *rest]
