"""Encode the bodies of requests."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart


def encode_body(body: Any) -> dict[str, Any]:
    """As a form where there is a file in it, else as JSON: arguments of `Client.generic`."""
    if body is None:
        return {}
    if isinstance(body, dict) and isinstance(file := body.get("file"), UploadedFile):
        file.seek(0)  # it may have been sent before
        return {"data": encode_multipart(BOUNDARY, body), "content_type": MULTIPART_CONTENT}
    return {"data": orjson.dumps(body), "content_type": "application/json"}
