"""Serve resumable uploads as ASGI: the body of a request is stored as it arrives, and stays where its connection ends.

Django would keep it apart until it is whole, and lose it then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.utils.http import http_date

from accounts.early_authentication import authenticate_head
from accounts.models import User
from assets.models import Asset, Upload
from assets.scopes import WRITE_FILES
from assets.uploads import protocol, services
from assets.uploads.errors import BodyTooLong, ClientGone, UploadRefused
from assets.uploads.files import UploadFile, read_size
from assets.uploads.protocol import Headers
from assets.uploads.queries import get_upload
from assets.uploads.receiving import Receiver, writing_pool
from assets.uploads.writers import Writer, Writers
from lib.db.threads import call_with_fresh_connection, run_in_pool, upload_pool
from lib.web.long_body import allow_long_body

COLLECTION_METHODS = ("OPTIONS", "POST")
UPLOAD_METHODS = ("OPTIONS", "HEAD", "PATCH", "DELETE")
SECURITY_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Answer(NamedTuple):
    """Status and headers of an answer without a body."""

    status: int
    headers: dict[str, str]


class UploadEndpoint:
    """ASGI application of `/api/v1/uploads`. `render_error` turns an exception into the answer of REST."""

    def __init__(self, render_error: Callable[[dict[str, Any], Exception], HttpResponse]) -> None:
        self._render_error = render_error
        self._writers = Writers()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        try:
            status, headers = await self._answer_request(scope, receive)
            body = b""
        except ClientGone:
            return
        except Exception as error:
            response = await run_in_pool(self._render_error, scope, error)
            status, headers, body = response.status_code, dict(response.items()), response.content
        headers = SECURITY_HEADERS | {"Tus-Resumable": protocol.VERSION} | headers
        if status != 204:
            headers["Content-Length"] = str(len(body))
        encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": encoded})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _answer_request(self, scope: dict[str, Any], receive: Any) -> Answer:
        method = protocol.read_method(scope)
        upload_id = protocol.read_upload_id(scope)
        if method == "OPTIONS":
            return Answer(204, protocol.describe_server())
        user: User = await run_in_pool(authenticate_head, scope, required_scope=WRITE_FILES)
        headers = Headers(scope)
        allowed = COLLECTION_METHODS if upload_id is None else UPLOAD_METHODS
        if method not in allowed:
            raise UploadRefused(405, headers={"Allow": ", ".join(allowed)})
        headers.require_version()
        if upload_id is None:
            return await self._create_upload(user, scope, headers, receive)
        if method == "HEAD":
            return await self._show_progress(user, upload_id)
        if method == "DELETE":
            return await self._delete_upload(user, upload_id)
        return await self._append_to_upload(user, upload_id, scope, headers, receive)

    async def _create_upload(self, user: User, scope: dict[str, Any], headers: Headers, receive: Any) -> Answer:
        creation = headers.read_creation()
        headers.read_checksum()
        root = _build_url(scope)
        upload = await run_in_pool(
            services.create_upload,
            actor=user,
            organisation=creation.organisation,
            name=creation.name,
            length=creation.length,
            alt_text=creation.alt_text,
            is_kept=creation.is_kept,
        )
        location = {"Location": f"{root}/{upload.pk}"}
        if creation.length and not headers.is_upload:
            return Answer(201, location | _describe_progress(upload, 0))
        try:
            return Answer(201, location | (await self._write_body(user, upload.pk, 0, scope, headers, receive)))
        except BaseException:
            # Nobody has been told where it is.
            await run_in_pool(services.delete_upload, upload=upload)
            raise

    async def _show_progress(self, user: User, upload_id: UUID) -> Answer:
        """Answer how far an upload is; one that has arrived whole, but was not stored, is stored now."""
        upload = await run_in_pool(get_upload, user=user, upload_id=upload_id)
        size = await run_in_pool(read_size, upload_id)
        if upload.asset_id is None and size == upload.length:
            async with self._hold_upload(user, upload_id) as (upload, file, writer):
                shown = await self._store_whole(user, upload, file, writer)
        else:
            shown = _describe_progress(upload, upload.length if upload.asset_id else size)
        metadata = protocol.format_metadata({"filename": upload.name} | ({"keep": "true"} if upload.is_kept else {}))
        return Answer(200, shown | {"Upload-Length": str(upload.length), "Upload-Metadata": metadata})

    async def _delete_upload(self, user: User, upload_id: UUID) -> Answer:
        upload = await run_in_pool(get_upload, user=user, upload_id=upload_id)
        async with self._writers.claim(upload_id, at_once=True):
            asset_id = await run_in_pool(services.delete_upload, upload=upload)
        return Answer(204, {"Atrium-Asset": str(asset_id)} if asset_id else {})

    async def _append_to_upload(
        self, user: User, upload_id: UUID, scope: dict[str, Any], headers: Headers, receive: Any
    ) -> Answer:
        offset = headers.read_count("upload-offset")
        if not headers.is_upload:
            raise UploadRefused(415, "unsupported_type", f"Content-Type: {protocol.BODY_TYPE}")
        if offset is None:
            raise UploadRefused(400, "bad_request", "Upload-Offset")
        headers.read_checksum()
        return Answer(204, await self._write_body(user, upload_id, offset, scope, headers, receive))

    async def _write_body(
        self, user: User, upload_id: UUID, offset: int, scope: dict[str, Any], headers: Headers, receive: Any
    ) -> dict[str, str]:
        """Append the body of a request to an upload; return the headers that say how far it is."""
        async with self._hold_upload(user, upload_id) as (upload, file, writer):
            size = upload.length if upload.asset_id else file.size
            if offset != size:
                raise UploadRefused(409, "wrong_offset", headers={"Upload-Offset": str(size)})
            if (headers.read_count("content-length") or 0) > upload.length - size:
                raise BodyTooLong
            allow_long_body(scope)
            sha256 = await self._receive_body(user, receive, upload, file, writer, headers)
            return await self._store_whole(user, upload, file, writer, sha256)

    @asynccontextmanager
    async def _hold_upload(self, user: User, upload_id: UUID) -> AsyncIterator[tuple[Upload, UploadFile, Writer]]:
        """Hold an upload; what was written to it is on the disk afterwards."""
        async with self._writers.claim(upload_id) as writer:
            upload, file = await run_in_pool(services.open_upload, actor=user, upload_id=upload_id)
            try:
                yield upload, file, writer
            finally:
                await asyncio.shield(asyncio.get_running_loop().run_in_executor(writing_pool, file.close))

    async def _receive_body(
        self, user: User, receive: Any, upload: Upload, file: UploadFile, writer: Writer, headers: Headers
    ) -> str:
        """Append a body; return the SHA-256 of the file where all of it has come by this request, else nothing."""
        checksum = headers.read_checksum()
        is_first = file.size == 0
        algorithms = ({checksum.algorithm} if checksum else set()) | ({"sha256"} if is_first else set())
        limit = 0 if upload.asset_id else upload.length - file.size
        if checksum:
            file.expect_checksum()
        prolong = partial(run_in_pool, services.prolong_upload, actor=user, upload=upload)
        receiver = Receiver(receive, file, writer, limit=limit, algorithms=algorithms, prolong=prolong)
        try:
            await receiver.run()
        except BodyTooLong:
            await run_in_pool(file.drop)
            raise
        if checksum:
            if not checksum.matches(receiver.hashes[checksum.algorithm]):
                await run_in_pool(file.drop)
                raise UploadRefused(460, "checksum_mismatch")
            await run_in_pool(file.accept)
        return receiver.hashes["sha256"].hexdigest() if is_first and file.size == upload.length else ""

    async def _store_whole(
        self, user: User, upload: Upload, file: UploadFile, writer: Writer, sha256: str = ""
    ) -> dict[str, str]:
        """Store a file that is whole; return the headers that say how far an upload is."""
        writer.can_end = False
        if upload.asset_id is not None:
            return _describe_progress(upload, upload.length)
        if file.size:
            await run_in_pool(services.prolong_upload, actor=user, upload=upload)
        if file.size < upload.length:
            return _describe_progress(upload, file.size)
        asset: Asset = await asyncio.get_running_loop().run_in_executor(
            upload_pool,
            lambda: call_with_fresh_connection(services.finish_upload, actor=user, upload=upload, sha256=sha256),
        )
        upload.asset_id = asset.pk
        return _describe_progress(upload, upload.length)


def _describe_progress(upload: Upload, size: int) -> dict[str, str]:
    shown = {"Upload-Offset": str(size), "Upload-Expires": http_date(upload.expires_at.timestamp())}
    return shown | ({"Atrium-Asset": str(upload.asset_id)} if upload.asset_id else {})


def _build_url(scope: dict[str, Any]) -> str:
    """Return the absolute address of all uploads, as the client knows it. Raise DisallowedHost."""
    return ASGIRequest(scope | {"method": "GET"}, BytesIO()).build_absolute_uri(protocol.PATH)
