"""Store files in a bucket, by django-storages. Importing this imports boto3: only where STORAGE_URL is set."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage

from lib.s3.address import StorageAddress, parse_storage_url

# Above this, files that are read through Django lie in FILE_UPLOAD_TEMP_DIR. By default, all are in memory.
MAX_MEMORY_BYTES = 4 * 1024 * 1024
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 30, 3
# Slow readers hold one each.
CONNECTIONS = 50
# Parts of a large file are sent one after the other: four at once take four times the memory.
TRANSFER = TransferConfig(use_threads=False)
# Never guessed by name: for a `.tar.gz` it would be an encoding, which every client undoes on the way.
STORED_TYPE = {"ContentType": "application/octet-stream"}

_connecting = Lock()


class BucketStorage(S3Storage):
    """Storage of Django in the bucket that STORAGE_URL names, or another address."""

    def __init__(self, address: StorageAddress | None = None) -> None:
        address = address or parse_storage_url(settings.STORAGE_URL)
        super().__init__(
            access_key=address.key or None,
            secret_key=address.secret or None,
            bucket_name=address.bucket,
            location=address.prefix,
            endpoint_url=address.endpoint or None,
            region_name=address.region,
            file_overwrite=False,
            default_acl=None,
            object_parameters=STORED_TYPE,
            max_memory_size=MAX_MEMORY_BYTES,
            transfer_config=TRANSFER,
            client_config=_build_config(address),
        )

    @property
    def connection(self) -> Any:
        """Return the connection of all threads: one for each takes a tenth of a second and megabytes to make."""
        with _connecting:
            return self._shared_connection

    @property
    def client(self) -> Any:
        """Return the client of boto3, which threads may share."""
        return self.connection.meta.client

    @cached_property
    def _shared_connection(self) -> Any:
        return super().connection


def _build_config(address: StorageAddress) -> Config:
    """Build the configuration of a client: without checksums that only Amazon understands, signed by version 4."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": address.addressing},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=CONNECTIONS,
    )
