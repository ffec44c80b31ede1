"""The REST API: one place where routers, sign-in, errors and the schema come together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from accounts.api import router as accounts_router
from accounts.authentication import attach_scope, bearer_auth, session_auth
from accounts.idempotency import honour_idempotency_key
from chat.api import router as chat_router
from config import openapi as config_openapi
from config.health import router as health_router
from lib.web import problems

DESCRIPTION = """
Everything the browser can do. Sign in with `POST /api/v1/auth/token` and send `Authorization: Bearer <access token>`.
For a script, make a personal token that may do no more than the script needs.

Lists take `limit` and `cursor`. Errors are `application/problem+json`. A repeated POST with the same
`Idempotency-Key` header returns the first answer.
"""


class JSONParser(Parser):
    """orjson refuses lone surrogates and bottomless nesting; PostgreSQL's text can't hold NUL, so we refuse that.

    Ninja takes whatever is no object for an empty one.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        data = orjson.loads(request.body)
        if not isinstance(data, dict):
            raise ValueError("no object")
        if b"\\u0000" in request.body and any("\0" in text for text in _texts(data)):
            raise ValueError("NUL")
        return data


class JSONRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class API(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        return config_openapi.complete(self, super().get_openapi_schema(**options))

    def _get_urls(self) -> list[URLPattern | URLResolver]:
        """Ninja's URLs, whose views answer every error as a problem."""
        own = [path("openapi.json", openapi, name="openapi-json"), path("docs", docs, name="openapi-view")]
        patterns = [*super()._get_urls(), *own]
        # They are tried one after the other, so what is asked for most stands first.
        patterns.sort(key=lambda pattern: not str(pattern.pattern).startswith("rooms/"))
        return [self._answering(pattern) for pattern in patterns]

    def _answering(self, pattern: Any) -> URLPattern:
        pattern.callback = problems.answering(self, pattern.callback)
        return cast(URLPattern, pattern)


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_described(), content_type="application/json")


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")


@cache
def _described() -> bytes:
    """Made once: it takes longer than a whole page, and a process does not outlive its own code."""
    return orjson.dumps(api.get_openapi_schema(), option=orjson.OPT_NON_STR_KEYS)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


api = API(
    title="Atrium",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=[bearer_auth, session_auth],
    openapi_url=None,
    docs_url=None,
    parser=JSONParser(),
    renderer=JSONRenderer(),
)
problems.install(api)
api.add_decorator(honour_idempotency_key, mode="view")
api.add_decorator(attach_scope, mode="view")
api.add_router("", health_router)
api.add_router("", accounts_router)
api.add_router("", chat_router)
