"""Answer every exception of an operation as a problem."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as ShapeError

from lib.outages import describe_outage, find_full_storage, is_outage
from lib.web.errors import (
    Conflict,
    ScopeMissing,
    ServerBusy,
    Taken,
    TooLarge,
    TooManyAttempts,
    Unauthenticated,
    UnsupportedType,
)
from lib.web.problems import answer_busy, render_problem

logger = logging.getLogger(__name__)


def answer_unauthenticated(_: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 401 with the challenge that RFC 9110 demands."""
    code = getattr(error, "code", "not_signed_in")
    return render_problem(
        401,
        getattr(error, "detail", ""),
        code,
        headers={"WWW-Authenticate": 'Bearer realm="atrium"'},
        methods=getattr(error, "methods", None),
    )


def answer_conflict(_: HttpRequest, error: Conflict) -> HttpResponse:
    """Answer 409 with the code of the conflict, and what else it says."""
    return render_problem(409, error.detail, error.code, **error.members)


def answer_scope_missing(_: HttpRequest, error: ScopeMissing) -> HttpResponse:
    """Answer 403; name the missing scope as RFC 6750 does."""
    challenge = f'Bearer realm="atrium", error="insufficient_scope", scope="{error.scope}"'
    return render_problem(403, str(error), error.code, headers={"WWW-Authenticate": challenge} if error.scope else {})


def answer_rate_limited(_: HttpRequest, error: TooManyAttempts) -> HttpResponse:
    """Answer 429 with the seconds until the next attempt."""
    return render_problem(429, str(error), headers={"Retry-After": str(error.retry_after)})


def answer_invalid_request(_: HttpRequest, error: ShapeError) -> HttpResponse:
    """Answer 422 for a request that does not match its schema."""
    faults = [{"loc": _shorten_location(fault["loc"]), "msg": fault["msg"]} for fault in error.errors]
    return render_problem(422, errors=faults)


def answer_validation_error(_: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 422 for what a service refuses."""
    return render_problem(422, errors=list(_list_faults(error)))


def answer_taken(_: HttpRequest, error: Taken) -> HttpResponse:
    """Answer 409 for a value that is taken."""
    faults = list(_list_faults(error))
    return render_problem(409, faults[0]["msg"], "taken", errors=faults)


def build_upload_handler(status: int) -> Callable[[HttpRequest, ValidationError], HttpResponse]:
    """Build the handler of a refused file: 413 for its size, 415 for its type."""

    def answer(_: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = list(_list_faults(error))
        code = next((fault.code for found in error.error_dict.values() for fault in found), "")
        return render_problem(status, faults[0]["msg"], code or "", errors=faults)

    return answer


def answer_ninja_error(_: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer an error of django-ninja; its 400 stands for a body that is no JSON object, here 422."""
    if error.status_code == 400:
        return render_problem(
            422, errors=[{"loc": ["body"], "msg": gettext("This is not a JSON object that we can read.")}]
        )
    return render_problem(error.status_code, str(error))


def answer_server_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 507 where a disk is full, 503 where what we need does not answer, else log it and answer 500."""
    if full := find_full_storage(error):
        logger.error("%s %s: %s", request.method, request.path, full)
        return render_problem(507, str(full))
    if is_outage(error):
        detail = describe_outage(error)
        logger.error("%s %s: %s", request.method, request.path, detail, exc_info=error)
        return render_problem(503, str(detail), headers={"Retry-After": "1"})
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return render_problem(500)


def register_handlers(api: NinjaAPI) -> None:
    """Register the handler of each exception with the API."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Exception: answer_server_error,
        AuthenticationError: answer_unauthenticated,
        Unauthenticated: answer_unauthenticated,
        PermissionDenied: lambda _, error: render_problem(403, str(error), getattr(error, "code", "")),
        ScopeMissing: answer_scope_missing,
        Http404: lambda *_: render_problem(404),
        ObjectDoesNotExist: lambda *_: render_problem(404),
        Conflict: answer_conflict,
        Taken: answer_taken,
        TooLarge: build_upload_handler(413),
        UnsupportedType: build_upload_handler(415),
        TooManyAttempts: answer_rate_limited,
        ServerBusy: answer_busy,
        ValidationError: answer_validation_error,
        ShapeError: answer_invalid_request,
        HttpError: answer_ninja_error,
        RequestDataTooBig: lambda *_: render_problem(413),
        SuspiciousOperation: lambda *_: render_problem(400),
        UnreadablePostError: lambda *_: render_problem(400, gettext("The request ended too early.")),
    }
    for exception, handler in handlers.items():
        api.add_exception_handler(exception, handler)


def _list_faults(error: ValidationError) -> Iterable[dict[str, Any]]:
    if hasattr(error, "error_dict"):
        for field, faults in error.message_dict.items():
            yield from ({"loc": ["body"] if field == NON_FIELD_ERRORS else ["body", field], "msg": m} for m in faults)
    else:
        yield from ({"loc": ["body"], "msg": message} for message in error.messages)


def _shorten_location(loc: Iterable[Any]) -> list[Any]:
    """Return the location that clients know: without the parameter name of the operation's body or query."""
    source, *rest = loc
    return [source, *rest[1:]] if len(rest) > 1 and rest[0] in ("body", "page", "query") else [source, *rest]
