"""The storage of the tests of files, as a bucket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from assets.storage import get_store
from tests.s3_server import S3Server


@dataclass(frozen=True, order=True)
class StoredPath:
    """What tests do with the folder of stored files and those in it."""

    parent: Path
    path: str = ""

    def __truediv__(self, path: str) -> StoredPath:
        return StoredPath(self.parent, path)

    def unlink(self) -> None:
        get_store().delete_file(self.path)

    def exists(self) -> bool:
        return get_store().has_file(self.path)

    def is_file(self) -> bool:
        return True

    def read_bytes(self) -> bytes:
        with get_store().open_file(self.path) as file:
            return file.read()

    def rglob(self, pattern: str) -> Iterator[StoredPath]:
        return (self / file.path for file in get_store().list_files())


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path, s3_server: S3Server) -> StoredPath:
    """A folder of a bucket, without files."""
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "files", tmp_path / "uploads"
    settings.DATA_DIR = tmp_path
    settings.STORAGE_URL, settings.STORAGE_REDIRECT = s3_server.clear_bucket(), False
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "lib.s3.storage.BucketStorage"}}
    return StoredPath(tmp_path)
