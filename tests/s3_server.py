"""An S3 API over HTTP on this machine, which tests may stop."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, cast
from urllib.request import urlopen

from assets.storage import open_store
from tests.live import START_SECONDS, free_port

if TYPE_CHECKING:
    from assets.stores.bucket import BucketStore

# Moto's server takes all, but says nothing of these.
KEY, SECRET = "harbour", "p%2Fq%2Br"


class S3Server:
    """`moto` on a free port, which keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> S3Server:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(  # noqa: S603  our own command
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urlopen(f"{self.endpoint}/moto-api/", timeout=5).close()  # noqa: S310  our own server
                return self
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None
                time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def build_url(self, bucket: str, prefix: str = "") -> str:
        """Return the setting that leads to a bucket, or to a folder of it."""
        return f"s3://{KEY}:{SECRET}@{bucket}{prefix}?endpoint={self.endpoint}&region=us-east-1"

    def clear_bucket(self) -> str:
        """Return the setting that leads to a folder of a bucket without files."""
        url = self.build_url("crew", "/atrium")
        store = cast("BucketStore", open_store(url))
        store.client.create_bucket(Bucket=store.bucket)
        for file in store.list_files():
            store.delete_file(file.path)
        return url
