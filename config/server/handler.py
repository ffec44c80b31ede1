"""Django's synchronous request cycle under ASGI, one hop to a long-lived thread per request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers import base
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import set_script_prefix

from lib.db.threads import in_pool, threads
from lib.images import MAX_BYTES
from lib.web.problems import problem

# What takes a file: its bytes, and the form around them.
FILE_PATHS = dict.fromkeys(("/api/v1/me/avatar", "/settings/picture/"), MAX_BYTES + 64 * 1024)


class PooledHandler(ASGIHandler):
    """Middleware, view and rendering run as one synchronous call on one of the pool's threads.

    Django's own handler starts a thread, and so opens a database connection, for every request.
    """

    def __init__(self) -> None:
        base.BaseHandler.__init__(self)
        self.load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(_bounded(receive, FILE_PATHS.get(scope["path"])))
        except RequestAborted:
            return
        except RequestDataTooBig:
            return await self._answer(_too_large(scope["path"]), send)
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(threads, self._respond, scope, body)
        try:
            await self._answer(response, send)
        finally:
            if response.streaming:
                await loop.run_in_executor(threads, response.close)

    def _respond(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any
        response = refused if request is None else self.get_response(request)
        if not response.streaming:
            response.close()  # which ends the request: connections go back while the client reads
        return response

    async def _answer(self, response: HttpResponseBase, send: Any) -> None:
        await send({"type": "http.response.start", "status": response.status_code, "headers": _headers(response)})
        if isinstance(response, HttpResponse):
            return await send({"type": "http.response.body", "body": response.content})
        # Each piece may ask the database, on whichever thread is free: none waits for the reader.
        chunks: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[attr-defined]
        while (chunk := await in_pool(lambda: next(chunks, None))) is not None:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _too_large(path: str) -> HttpResponse:
    """For whoever asked: a program, or a person with a form."""
    if path.startswith("/api/"):
        return problem(413)
    return HttpResponse(render_to_string("413.html"), status=413)


def _bounded(receive: Any, limit: int | None) -> Any:
    """A body is read before a thread is taken for it, and never beyond what anything sent there may hold."""
    limit = limit or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    received = 0

    async def receive_bounded() -> Any:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise RequestDataTooBig
        return message

    return receive_bounded


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    cookies = [
        (b"Set-Cookie", cookie.output(header="").strip().encode("ascii")) for cookie in response.cookies.values()
    ]
    return headers + cookies
