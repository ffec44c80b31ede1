"""A client that uploads files one after the other, each by one request of the tus protocol."""

from __future__ import annotations

import base64
import random
import socket

from tests.benchmarks.load import READ_SIZE, view
from tests.benchmarks.wire import Refused

SLUG = "benchmark"
PUSH = 256 * 1024
# No two files have the same bytes: the server would keep one of them.
BYTES = random.Random(1).randbytes(64 * 1024 * 1024)


def describe_file(name: str) -> str:
    """Return the header Upload-Metadata of a file for the organisation of the benchmark."""
    said = {"org": SLUG, "filename": name}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())


class Uploader:
    """A connection whose body is pushed to as the server takes it. `sent` counts bytes, `finished` files."""

    def __init__(self, port: int, header: str, *, size: int) -> None:
        self._port, self._header, self._size = port, header, size
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.sent = self.finished = self._left = 0
        self._begin_upload()
        self.sock.setblocking(False)

    def push(self) -> None:
        """Send what the server takes at once."""
        if not self._left:
            return
        start = (self._offset + self._left) % (len(BYTES) - PUSH)
        try:
            size = self.sock.send(memoryview(BYTES)[start : start + min(PUSH, self._left)])
        except BlockingIOError:
            return
        self.sent += size
        self._left -= size

    def readable(self) -> int:
        """Read the answer to a file that is whole, and begin the next."""
        size = self.sock.recv_into(view[:READ_SIZE])
        answer = bytes(view[:size])
        if not answer.startswith(b"HTTP/1.1 201"):
            raise Refused(answer[:2000].decode("latin-1") or "The server hung up on an uploader")
        self.finished += 1
        self._begin_upload()
        return size

    def _begin_upload(self) -> None:
        self._offset = random.randrange(len(BYTES))
        self.sock.sendall(
            f"POST /api/v1/uploads HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{self._header}\r\n"
            f"Tus-Resumable: 1.0.0\r\nUpload-Length: {self._size}\r\nUpload-Metadata: {describe_file('a.bin')}\r\n"
            f"Content-Type: application/offset+octet-stream\r\nContent-Length: {self._size}\r\n\r\n".encode()
        )
        self._left = self._size
