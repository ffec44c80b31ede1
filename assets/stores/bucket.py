"""Keep files in an S3-compatible storage."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, cast

from botocore.exceptions import ClientError

from assets.stores.store import SentHeaders, StoredFile
from lib.s3.storage import STORED_TYPE, TRANSFER, BucketStorage
from lib.web.upload_files import PREFIX

# For so much of its validity an address stays the same, so that browsers find what they have by it.
SAME_FOR = 0.5
NOT_FOUND = 404
BLOCK = 1024 * 1024


class BucketStore:
    """Files in a bucket, or in a folder of it. What is read by its path is copied to the folder of uploads."""

    def __init__(self, storage: BucketStorage, get_upload_folder: Callable[[], Path]) -> None:
        self.get_upload_folder = get_upload_folder
        self.client: Any = storage.client
        self.bucket = storage.bucket_name
        self.folder = f"{storage.location}/" if storage.location else ""
        self._sign = lru_cache(maxsize=4096)(self._sign_now)

    def put_file(self, source: Path, path: str) -> None:
        """Copy a file there; it stays where it is."""
        with source.open("rb") as file:
            self.client.upload_fileobj(
                file, self.bucket, self.folder + path, ExtraArgs=dict(STORED_TYPE), Config=TRANSFER
            )

    def open_file(self, path: str, *, start: int = 0, length: int | None = None) -> IO[bytes]:
        """Open a file, of which only what is asked for comes over the network, as it is read."""
        part = {}
        if length or start:
            part["Range"] = f"bytes={start}-{start + length - 1 if length else ''}"
        try:
            found = self.client.get_object(**self._name_object(path), **part)
        except ClientError as error:
            raise _explain_error(error, path) from error
        return cast(IO[bytes], found["Body"])

    @contextmanager
    def lend_file(self, path: str) -> Iterator[Path]:
        """Lend a copy of a file."""
        with (
            self.open_file(path) as source,
            NamedTemporaryFile(prefix=PREFIX, dir=self.get_upload_folder(), delete=False) as file,
        ):
            copy = Path(file.name)
            try:
                shutil.copyfileobj(source, file, BLOCK)
                file.close()
                yield copy
            finally:
                copy.unlink(missing_ok=True)

    def delete_file(self, path: str) -> None:
        """Delete a file. A missing one changes nothing."""
        self.client.delete_object(**self._name_object(path))

    def list_files(self, folder: str = "") -> Iterator[StoredFile]:
        """Yield all files of a folder, a thousand with each answer."""
        prefix = self.folder + (f"{folder}/" if folder else "")
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        for page in pages:
            for found in page.get("Contents", ()):
                path = found["Key"].removeprefix(self.folder)
                yield StoredFile(path, found["Size"], found["LastModified"])

    def has_file(self, path: str) -> bool:
        """Tell whether a file is there."""
        try:
            self.client.head_object(**self._name_object(path))
        except ClientError as error:
            if isinstance(_explain_error(error, path), FileNotFoundError):
                return False
            raise
        return True

    def sign_address(self, path: str, headers: SentHeaders) -> str:
        """Return an address that is valid for at least half of the seconds that are given."""
        return self._sign(path, headers, int(time.time() / (headers.seconds * SAME_FOR)))

    def _sign_now(self, path: str, headers: SentHeaders, _turn: int) -> str:
        described = self._name_object(path) | {
            "ResponseContentType": headers.mime_type,
            "ResponseContentDisposition": headers.disposition,
            "ResponseCacheControl": f"private, max-age={round(headers.seconds * SAME_FOR)}",
        }
        address: str = self.client.generate_presigned_url("get_object", Params=described, ExpiresIn=headers.seconds)
        return address

    def _name_object(self, path: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.folder + path}


def _explain_error(error: ClientError, path: str) -> Exception:
    """Return FileNotFoundError for a missing file, else the error itself."""
    answer = error.response
    is_missing = answer["ResponseMetadata"].get("HTTPStatusCode") == NOT_FOUND
    if is_missing and answer["Error"].get("Code") != "NoSuchBucket":
        return FileNotFoundError(path)
    return error
