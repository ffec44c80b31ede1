"""Render an error under /api/ as application/problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lib.web.errors import ServerBusy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CONTENT_TYPE = "application/problem+json"
CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "precondition_failed",
    413: "too_large",
    415: "unsupported_type",
    416: "range_not_satisfiable",
    422: "invalid",
    423: "locked",
    429: "too_many_requests",
    460: "checksum_mismatch",
    500: "internal_error",
    503: "unavailable",
    507: "storage_full",
}
# Of statuses that are of no RFC.
PHRASES = {460: "Checksum Mismatch"}
DETAILS = {
    401: _("Sign in first."),
    403: _("You may not do this."),
    404: _("Not found, or you have no access."),
    405: _("This method is not offered here."),
    413: _("This is too large."),
    422: _("Some of what was sent is not valid."),
    423: _("Another request is at work on this. Try again in a moment."),
    460: _("What has arrived is not what was sent: the checksums differ."),
    500: _("Something went wrong on the server. It has been logged."),
}


def describe_status(status: int) -> str:
    """Return the reason phrase of a status."""
    return PHRASES.get(status) or HTTPStatus(status).phrase


def render_problem(
    status: int,
    detail: StrOrPromise = "",
    code: str = "",
    *,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
    **members: Any,
) -> HttpResponse:
    """Render an error as a problem; `errors` lists invalid fields as `{"loc": [...], "msg": "..."}`.

    Other `members` that are given are added to it.
    """
    title = describe_status(status)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": str(detail or DETAILS.get(status, title)),
        "code": code or CODES.get(status, "error"),
    }
    body |= {name: value for name, value in ({"errors": errors} | members).items() if value is not None}
    return HttpResponse(
        orjson.dumps(body),
        status=status,
        headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"} | (headers or {}),
    )


def answer_busy(_: HttpRequest | None, error: ServerBusy) -> HttpResponse:
    """Answer 503 with the seconds until the next attempt."""
    return render_problem(503, str(error), "busy", headers={"Retry-After": str(error.retry_after)})
