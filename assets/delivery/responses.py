"""Answer with the bytes of a stored file, or a part of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from assets.delivery.disposition import PDF_TYPE, build_disposition
from assets.models import Asset
from assets.storage import has_file, open_file, sign_address
from assets.stores.store import SentHeaders
from lib.web.byte_ranges import ByteRange, FileSliceResponse, UnsatisfiableRange, find_range

logger = logging.getLogger(__name__)

# Browsers keep it, and ask each time whether it still is theirs to see.
CACHE_CONTROL = "private, no-cache"
# Whatever is opened as a document of its own is one without scripts and without our origin. The styles are those by
# which browsers draw a picture on its own.
SANDBOXED = (
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
# The viewers of some browsers don't start in a sandbox. They run in a process without our origin anyway.
VIEWED = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"

# An address of the storage, once given, is valid for so long, whether its user has lost access or not. Players ask by
# it for one part after the other.
SIGNED_SECONDS = 300
PLAYED_SECONDS = 3600
PLAYED = ("audio/", "video/")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A stored file, and how it is named and described to a client."""

    path: str
    size: int
    mime_type: str
    etag: str
    name: str
    is_shown: bool = True


def serve_file(request: HttpRequest, file: SentFile, *, download: bool = False) -> HttpResponseBase:
    """Answer with a file, or with the part that is asked for; 304 where the client has it, 416 for no part of it.

    Access is asked for before. Raise Asset.DoesNotExist where its bytes are gone, which is logged.
    """
    headers = _build_headers(file, download=download)
    if (unchanged := get_conditional_response(request, etag=file.etag)) is not None:
        return _answer_unchanged(unchanged, headers)
    try:
        part = find_range(request, size=file.size, etag=file.etag)
    except UnsatisfiableRange:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{file.size}"})
    is_head = _is_head(request)
    if not is_head and (address := sign_address(file.path, _describe_to_storage(file, headers))):
        # Without an ETag: a browser that has kept the answer would be told that its old address is still right.
        return HttpResponse(status=302, headers={"Location": address, "Cache-Control": CACHE_CONTROL})
    try:
        response = _answer_part(file, part, is_head=is_head)
    except FileNotFoundError as error:
        logger.error("The storage has no file %s.", file.path)
        raise Asset.DoesNotExist from error
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _answer_unchanged(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    if isinstance(response, HttpResponseNotModified):
        headers = {name: headers[name] for name in ("ETag", "Cache-Control", "Content-Security-Policy")}
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _is_head(request: HttpRequest) -> bool:
    """Tell whether the head alone is asked for: `request.method` is GET on REST, where both are answered alike."""
    return request.META["REQUEST_METHOD"] == "HEAD"


def _describe_to_storage(file: SentFile, headers: dict[str, str]) -> SentHeaders:
    is_played = file.mime_type.startswith(PLAYED)
    seconds = PLAYED_SECONDS if is_played else SIGNED_SECONDS
    return SentHeaders(headers["Content-Type"], headers["Content-Disposition"], seconds)


def _answer_part(file: SentFile, part: ByteRange | None, *, is_head: bool) -> HttpResponseBase:
    if settings.X_ACCEL_REDIRECT and not settings.STORAGE_URL:
        # The web server in front reads the header Range itself.
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.X_ACCEL_REDIRECT}/{quote(file.path)}"})
    sent = part or ByteRange(0, file.size)
    status = 200 if part is None else 206
    if is_head:
        if not has_file(file.path):
            raise FileNotFoundError(file.path)
        response: HttpResponseBase = HttpResponse(status=status, headers={"Content-Length": str(sent.length)})
    else:
        opened = open_file(file.path, start=sent.start, length=sent.length)
        response = FileSliceResponse(opened, sent.length, status=status)
    if part is not None:
        last = part.start + part.length - 1
        response.headers["Content-Range"] = f"bytes {part.start}-{last}/{file.size}"
    return response


def _build_headers(file: SentFile, *, download: bool) -> dict[str, str]:
    shown = file.is_shown and not download
    return {
        "Content-Type": file.mime_type,
        "Content-Disposition": build_disposition(file.name, shown=shown),
        "Content-Security-Policy": VIEWED if shown and file.mime_type == PDF_TYPE else SANDBOXED,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": CACHE_CONTROL,
        "Accept-Ranges": "bytes",
        "ETag": file.etag,
    }
