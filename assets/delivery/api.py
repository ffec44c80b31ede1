"""REST: the bytes of files."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponseBase
from ninja import Router

from accounts.requests import ApiRequest
from assets.delivery.responses import serve_file
from assets.delivery.services import open_content, open_thumbnail

router = Router(tags=["files"])

BYTES = {"type": "string", "format": "binary"}
CONTENT_RESPONSES: dict[int, Any] = {
    200: {"description": "OK", "content": {"application/octet-stream": {"schema": BYTES, "example": "all bytes"}}},
    206: {"description": "The part that the header Range asks for."},
    304: {"description": "The bytes of the ETag in If-None-Match are those of the file."},
    416: {"description": "The range begins behind the end."},
}
THUMBNAIL_RESPONSES: dict[int, Any] = {
    200: {"description": "OK", "content": {"image/webp": {"schema": BYTES, "example": "a picture"}}},
}


@router.get("/assets/{asset_id}/content", openapi_extra={"responses": CONTENT_RESPONSES})
def get_asset_content(request: ApiRequest, asset_id: UUID, download: bool = False) -> HttpResponseBase:
    """Get the bytes of a file, or a part of them by `Range`. Pictures, sound, video and PDFs are shown by browsers, all
    else is saved, as with `download`. Whether you may see it is asked each time.
    """
    return serve_file(request, open_content(actor=request.auth, asset_id=asset_id), download=download)


@router.get("/assets/{asset_id}/thumbnail", openapi_extra={"responses": THUMBNAIL_RESPONSES})
def get_asset_thumbnail(
    request: ApiRequest, asset_id: UUID, size: Literal["small", "large"] = "small"
) -> HttpResponseBase:
    """Get a picture of a file: of at most 360 pixels a side, or 1600. 404 where there is none, or none yet."""
    return serve_file(request, open_thumbnail(actor=request.auth, asset_id=asset_id, size=size))
