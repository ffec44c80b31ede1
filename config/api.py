"""Build the REST API of routers, authentication, error handlers and the schema."""

from __future__ import annotations

from codecs import BOM_UTF8
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
from assets.api import router as assets_router
from chat.api import router as chat_router
from config import openapi as config_openapi
from config.health_api import router as health_router
from lib.web import problem_handlers, problem_views
from notifications.api import router as notifications_router
from tasks.api import router as tasks_router

DESCRIPTION = """
Everything the browser can do. Sign in with `POST /api/v1/auth/token` and send `Authorization: Bearer <access token>`.
For a script, make a personal token that may do no more than the script needs.

Lists take `limit` and `cursor`. Errors are `application/problem+json`. A repeated POST with the same
`Idempotency-Key` header returns the first answer.
"""


class JSONParser(Parser):
    """Parser that refuses lone surrogates and endless nesting (orjson), NUL (PostgreSQL) and what is no object.

    Ninja alone treats any other value as an empty object.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the JSON object of a body; raise ValueError for any other body."""
        data = orjson.loads(request.body.removeprefix(BOM_UTF8))
        if not isinstance(data, dict):
            raise ValueError("no object")
        if b"\\u0000" in request.body and any("\0" in text for text in _iterate_texts(data)):
            raise ValueError("NUL")
        return data


class JSONRenderer(BaseRenderer):
    """Renderer by orjson."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return data as JSON."""
        return orjson.dumps(data)


class API(NinjaAPI):
    """API whose views answer every error as a problem, with a completed schema."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the view, without Ninja's module prefix."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the schema with what all operations have in common."""
        return config_openapi.complete_schema(self, super().get_openapi_schema(**options))

    def _get_urls(self) -> list[URLPattern | URLResolver]:
        """Return Ninja's URLs and those of the schema, with views that answer every error as a problem."""
        own = [path("openapi.json", serve_schema, name="openapi-json"), path("docs", show_docs, name="openapi-view")]
        patterns = [*super()._get_urls(), *own]
        # Patterns are tried one after the other: the most frequent stand first.
        patterns.sort(key=lambda pattern: not str(pattern.pattern).startswith("rooms/"))
        return [self._wrap_view(pattern) for pattern in patterns]

    def _wrap_view(self, pattern: Any) -> URLPattern:
        pattern.callback = problem_views.answer_with_problems(self, pattern.callback)
        return cast(URLPattern, pattern)


@require_GET
def serve_schema(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI schema."""
    return HttpResponse(_render_schema(), content_type="application/json")


@require_GET
def show_docs(request: HttpRequest) -> HttpResponse:
    """Show the page of the API's documentation."""
    return render(request, "api/docs.html")


@cache
def _render_schema() -> bytes:
    """Render the schema once per process: it takes longer than a whole page."""
    return orjson.dumps(api.get_openapi_schema(), option=orjson.OPT_NON_STR_KEYS)


def _iterate_texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _iterate_texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _iterate_texts(value)


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
problem_handlers.register_handlers(api)
api.add_decorator(honour_idempotency_key, mode="view")
api.add_decorator(attach_scope, mode="view")
api.add_router("", health_router)
api.add_router("", accounts_router)
api.add_router("", chat_router)
api.add_router("", assets_router)
api.add_router("", notifications_router)
api.add_router("", tasks_router)

urlpatterns, *_ = api.urls
