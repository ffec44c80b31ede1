"""Keep the bytes of blobs and thumbnails in the store that is configured, under names that nobody can guess.

A file is in the store, whole, before the row that names it is written, and is deleted after it: a kill leaves a file
without a row at worst, which `assets.cleanup` finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import IO
from uuid import UUID

from django.conf import settings

from assets.stores.folder import FolderStore
from assets.stores.store import SentHeaders, Store, StoredFile
from lib.s3.address import parse_storage_url


def get_upload_folder() -> Path:
    """Return the folder for what has not arrived yet, which is made where it is missing."""
    folder = Path(settings.UPLOAD_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def delete_upload_file(upload_id: UUID) -> None:
    """Delete what has arrived of an upload, with the files beside it. A missing file changes nothing."""
    for file in get_upload_folder().glob(f"{upload_id}*"):
        file.unlink(missing_ok=True)


def put_file(source: Path, *, folder: str, suffix: str = "") -> str:
    """Move a file of this machine to the store, under a new name in a folder; return its path there.

    When this returns, the bytes are safe there. Raise OSError where there is no room.
    """
    token = token_hex(20)
    path = f"{folder}/{token[:2]}/{token[2:]}{suffix}"
    get_store().put_file(source, path)
    source.unlink(missing_ok=True)
    return path


def open_file(path: str, *, start: int = 0, length: int | None = None) -> IO[bytes]:
    """Open a stored file from a byte on, for so many bytes. Raise FileNotFoundError for a missing one."""
    return get_store().open_file(path, start=start, length=length)


def local_file(path: str) -> AbstractContextManager[Path]:
    """Lend a stored file as one of this machine, for what reads no other. Raise FileNotFoundError for a missing one."""
    return get_store().lend_file(path)


def delete_file(path: str) -> None:
    """Delete a stored file. A missing one changes nothing."""
    get_store().delete_file(path)


def list_files(folder: str) -> Iterator[StoredFile]:
    """Yield all files of a folder of the store."""
    return get_store().list_files(folder)


def has_file(path: str) -> bool:
    """Tell whether a file is stored."""
    return get_store().has_file(path)


def sign_address(path: str, headers: SentHeaders) -> str:
    """Return the address by which a client reads a file without us; empty where we send it."""
    return get_store().sign_address(path, headers) if settings.STORAGE_REDIRECT else ""


def get_store() -> Store:
    """Return the store that is configured."""
    return open_store(settings.STORAGE_URL)


def open_store(url: str) -> Store:
    """Return the store at a URL, the folder MEDIA_ROOT for an empty one. Raise BadStorageUrl."""
    return _open_bucket(url) if url else FolderStore(Path(settings.MEDIA_ROOT))


@lru_cache
def _open_bucket(url: str) -> Store:
    # These import boto3.
    from assets.stores.bucket import BucketStore
    from lib.s3.storage import BucketStorage

    return BucketStore(BucketStorage(parse_storage_url(url)), get_upload_folder)
