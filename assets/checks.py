"""Check the settings of files, by `manage.py check`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from lib.s3.address import BadStorageUrl, parse_storage_url

HINT = "s3://KEY:SECRET@bucket?endpoint=https://s3.example.com&region=eu-1; docs/operations.md says more."


def check_storage_url(**_: Any) -> list[CheckMessage]:
    """Return what is wrong with STORAGE_URL."""
    if not settings.STORAGE_URL:
        return []
    try:
        parse_storage_url(settings.STORAGE_URL)
    except BadStorageUrl as error:
        return [Error(f"STORAGE_URL names no storage. {error}", hint=HINT, id="assets.E001")]
    return []
