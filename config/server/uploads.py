"""Receive the forms that upload files: who sends them is known before a byte is read, and the bytes go to the disk."""

from __future__ import annotations

import os
import tempfile
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.utils import translation

from assets.scopes import WRITE_FILES
from assets.storage import get_upload_folder
from assets.uploads.errors import UploadRefused
from config.server.refusals import read_language, refuse_by_api
from lib.db.threads import run_in_pool
from lib.deferred import import_deferred
from lib.web.long_body import allow_long_body
from lib.web.problems import render_problem

PATH = "/api/v1/assets"
RESUMABLE_PATH = "/api/v1/uploads"
# Of the form around the bytes of a file.
FORM_BYTES = 64 * 1024


def is_upload(scope: dict[str, Any]) -> bool:
    """Tell whether a request uploads a file."""
    return bool(scope["method"] == "POST" and scope["path"] == PATH)


def get_body_limit() -> int:
    """Return how many bytes a form with a file may have."""
    return settings.MAX_UPLOAD_BYTES + FORM_BYTES


async def refuse_upload(scope: dict[str, Any]) -> HttpResponse | None:
    """Answer an upload that is refused whatever its body holds; None where the body may come.

    Raise RequestDataTooBig where the client says that it has more bytes than it may.
    """
    if (refused := await run_in_pool(_refuse_unknown_user, scope)) is not None:
        return refused
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if length.isdigit() and int(length) > get_body_limit():
        raise RequestDataTooBig
    allow_long_body(scope)
    return None


def open_body_file() -> IO[bytes]:
    """Open a file for a body, without a name: it is gone with the process."""
    return tempfile.TemporaryFile(dir=get_upload_folder())


def state_length(scope: dict[str, Any], body: IO[bytes]) -> dict[str, Any]:
    """Return the scope of a request with how long its body is: Django reads no form of which that is not said."""
    size = os.fstat(body.fileno()).st_size
    headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    return scope | {"headers": [*headers, (b"content-length", str(size).encode())]}


def _refuse_unknown_user(scope: dict[str, Any]) -> HttpResponse | None:
    """Answer 401 or 403 where the head of a request does not say who may upload."""
    # Not at the start, which imports no REST; what authenticates is part of it.
    try:
        import_deferred("accounts.early_authentication").authenticate_head(scope, required_scope=WRITE_FILES)
    except Exception as error:
        return refuse_by_api(scope, error)
    return None


class ResumableUploads:
    """ASGI application of `/api/v1/uploads`, which is imported when it is first asked."""

    def __init__(self) -> None:
        self._endpoint: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if self._endpoint is None:
            module = await run_in_pool(import_deferred, "assets.uploads.endpoint")
            # Two first requests would have two ideas of who writes.
            self._endpoint = self._endpoint or module.UploadEndpoint(answer_refusal)
        await self._endpoint(scope, receive, send)


def is_resumable(scope: dict[str, Any]) -> bool:
    """Tell whether a request is one of a resumable upload."""
    return bool(scope["path"].startswith(RESUMABLE_PATH) and scope["path"][len(RESUMABLE_PATH) :][:1] in ("", "/"))


def answer_refusal(scope: dict[str, Any], error: Exception) -> HttpResponse:
    """Answer an exception of a resumable upload."""
    if isinstance(error, UploadRefused):
        with translation.override(read_language(scope)):
            return render_problem(error.status, error.detail, error.code, headers=error.headers)
    return refuse_by_api(scope, error)
