"""Parse and describe REST requests that upload a picture, and answers that are one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from lib.web.errors import UnsupportedType

MULTIPART = "multipart/form-data"
# A picture never changes under its name; who may see it does, so proxies must not store it.
PICTURE_CACHE_CONTROL = "private, max-age=31536000, immutable"
PIXELS = {"type": "integer", "minimum": 0}
PICTURE = {"type": "string", "format": "binary"}
UPLOAD: dict[str, Any] = {
    "required": True,
    "content": {
        MULTIPART: {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": PICTURE, "x": PIXELS, "y": PIXELS, "size": PIXELS},
            },
            "example": {"file": "alice.jpg", "x": 120, "y": 40, "size": 900},
        }
    },
}
PICTURE_RESPONSE = {"description": "OK", "content": {"image/webp": {"schema": PICTURE, "example": "256 by 256 pixels"}}}


def parse_upload(request: HttpRequest) -> tuple[Any, Any]:
    """Return fields and files of a multipart body, whatever the method: Django itself reads them from a POST alone.

    Raise UnsupportedType for another type of body, ValidationError for a broken one.
    """
    require_multipart(request)
    try:
        if request.method == "POST":  # kept by the request, which closes its files
            return request.POST, request.FILES
        return request.parse_file_upload(request.META, request)
    # LookupError: an encoding that there is not.
    except (MultiPartParserError, LookupError) as error:
        raise ValidationError({"file": "This form is broken."}) from error


def require_multipart(request: HttpRequest) -> None:
    """Raise UnsupportedType for a body of another type than that of forms with files."""
    if request.content_type != MULTIPART:
        raise UnsupportedType("file", f"Send the file as {MULTIPART}.")
