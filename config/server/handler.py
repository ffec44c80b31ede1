"""Run Django's synchronous request cycle under ASGI, on one long-lived thread per request."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers import base
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.urls import set_script_prefix

from assets.storing.errors import describe_limit
from config.server.hashing import HashingLane, needs_hashing
from config.server.refusals import refuse_busy, refuse_full_storage, refuse_large_body
from config.server.uploads import get_body_limit, is_upload, open_body_file, refuse_upload, state_length
from lib.db.threads import run_in_pool, thread_pool, upload_pool
from lib.image_limits import MAX_BYTES
from lib.outages import find_full_storage
from lib.web.byte_ranges import FileSliceResponse
from lib.web.errors import ServerBusy
from lib.web.send_file import SendFile, find_file_sender

# Paths that take a picture, whose limit is that of its bytes and of the form around them.
FILE_PATHS = re.compile(r"/api/v1/(me/avatar|rooms/[0-9a-f-]{36}/picture)|/(settings|rooms/[0-9a-f-]{36})/picture/")
FILE_LIMIT = MAX_BYTES + 64 * 1024

# Bytes of a file that one turn on a thread reads. Django's 4 KB took a dozen turns for a script.
FILE_BLOCK = 64 * 1024


class PooledHandler(ASGIHandler):
    """ASGI handler that runs middleware, view and rendering as one synchronous call on a thread of the pool.

    Django's own handler starts a thread, and so opens a database connection, for every request.
    """

    def __init__(self) -> None:
        base.BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self.hashing = HashingLane()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request. A body above its limit is answered 413 before it takes a thread."""
        try:
            response = await self._receive_request(scope, receive)
        except RequestAborted:
            return
        except RequestDataTooBig:
            detail = describe_limit(settings.MAX_UPLOAD_BYTES) if is_upload(scope) else ""
            return await self._send_response(refuse_large_body(scope, detail), send)
        except OSError as error:  # a large body waits in a file
            if not (full := find_full_storage(error)):
                raise
            return await self._send_response(refuse_full_storage(scope, full), send)
        except ServerBusy as error:
            return await self._send_response(refuse_busy(scope, error), send)
        try:
            if isinstance(response, FileSliceResponse) and response.is_sendable and (sender := find_file_sender(scope)):
                await self._send_file(response, send, sender)
            else:
                await self._send_response(response, send)
        finally:
            if response.streaming:
                await asyncio.get_running_loop().run_in_executor(thread_pool, response.close)

    async def _receive_request(self, scope: Any, receive: Any) -> HttpResponseBase:
        """Read the body of a request, and run it. Raise RequestAborted, RequestDataTooBig, ServerBusy and OSError."""
        if is_upload(scope):
            if (refused := await refuse_upload(scope)) is not None:
                return refused
            with await self._read_upload(receive) as body:
                scope = state_length(scope, body)
                return await asyncio.get_running_loop().run_in_executor(upload_pool, self._build_response, scope, body)
        limit = FILE_LIMIT if FILE_PATHS.fullmatch(scope["path"]) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return await self._run_request(scope, await self.read_body(_limit_body(receive, limit)))

    async def _read_upload(self, receive: Any) -> IO[bytes]:
        """Read a body to the disk."""
        receive, file = _limit_body(receive, get_body_limit()), open_body_file()
        try:
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RequestAborted
                file.write(message.get("body", b""))
                more = message.get("more_body", False)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    async def _run_request(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        """Run a request on the threads of its kind."""
        if needs_hashing(scope):
            response = await self.hashing.run(scope, self._build_response, scope, body)
            self.hashing.remember_sign_in(scope, response.status_code)
            return response
        return await asyncio.get_running_loop().run_in_executor(thread_pool, self._build_response, scope, body)

    def _build_response(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any
        response = refused if request is None else self.get_response(request)
        if isinstance(response, FileResponse):
            response.block_size = FILE_BLOCK
        if not response.streaming:
            response.close()  # ends the request: its connection is free while the client reads
            _release_request(request)
        return response

    async def _send_file(self, response: FileSliceResponse, send: Any, sender: SendFile) -> None:
        await send(_build_start(response))
        await sender(response.file, response.length)
        await send({"type": "http.response.body", "body": b""})

    async def _send_response(self, response: HttpResponseBase, send: Any) -> None:
        await send(_build_start(response))
        if isinstance(response, HttpResponse):
            return await send({"type": "http.response.body", "body": response.content})
        # Each chunk may query the database, on any free thread: none waits for a slow client.
        chunks: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[attr-defined]
        while (chunk := await run_in_pool(lambda: next(chunks, None))) is not None:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _build_start(response: HttpResponseBase) -> dict[str, Any]:
    return {"type": "http.response.start", "status": response.status_code, "headers": _encode_headers(response)}


def _release_request(request: Any) -> None:
    """Break the cycles of a request that was answered: its user, session and messages lead back to it.

    Else all that its answer was made of waits for the garbage collector, whose pauses every socket notices: of what it
    was given, nine tenths came from requests.
    """
    if request is not None:
        vars(request).clear()


def _limit_body(receive: Any, limit: int) -> Any:
    """Wrap `receive` so that it raises RequestDataTooBig once a body exceeds `limit` bytes."""
    received = 0

    async def receive_bounded() -> Any:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise RequestDataTooBig
        return message

    return receive_bounded


def _encode_headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    cookies = [
        (b"Set-Cookie", cookie.output(header="").strip().encode("ascii")) for cookie in response.cookies.values()
    ]
    return headers + cookies
