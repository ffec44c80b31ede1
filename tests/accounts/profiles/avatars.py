"""Pictures of people over REST."""

from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.accounts.pictures import upload
from tests.conftest import ApiClient


def put_avatar(api: ApiClient, content: bytes | None = None, name: str = "me.png", **square: Any) -> Any:
    fields = square if content is None else square | {"file": upload(content, name)}
    body = encode_multipart(BOUNDARY, fields)
    return api.generic("PUT", "/api/v1/me/avatar", body, content_type=MULTIPART_CONTENT)


def get_avatar(api: ApiClient, url: str) -> Any:
    return api.call("GET", url.removeprefix("/api/v1"))
