"""Answer a part of a file, as RFC 9110 has it: `Range: bytes=0-499`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from django.http import HttpRequest, StreamingHttpResponse

# Bytes that one turn on a thread reads.
BLOCK = 512 * 1024
ONE_RANGE = re.compile(r"bytes=\s*(?:(\d{1,99})-(\d{0,99})|-(\d{1,99}))\s*", re.ASCII)


class ByteRange(NamedTuple):
    """Part of a file: its first byte, and how many there are."""

    start: int
    length: int


class UnsatisfiableRange(Exception):
    """Range that begins behind the end of a file (416)."""


class FileSliceResponse(StreamingHttpResponse):
    """Response of the next bytes of an open file, which it closes. The server asks for one block after the other, or
    sends `length` bytes of `file` itself where that is one of this machine.
    """

    def __init__(self, file: IO[bytes], length: int, *, status: int = 200) -> None:
        super().__init__(_read_blocks(file, length), status=status)
        self.headers["Content-Length"] = str(length)
        self.file, self.length = file, length

    @property
    def is_sendable(self) -> bool:
        """Tell whether the body is still what the file holds, and the kernel can send it."""
        return isinstance(self.file, io.BufferedReader) and "Content-Encoding" not in self.headers

    def close(self) -> None:
        """Close the file too, which may not have been read at all."""
        super().close()
        self.file.close()


def find_range(request: HttpRequest, *, size: int, etag: str) -> ByteRange | None:
    """Return the part of a file that a request asks for; None for all of it.

    All of it answers several ranges, a broken header, and `If-Range` with another ETag or a time. Raise
    UnsatisfiableRange.
    """
    header, condition = request.headers.get("Range", ""), request.headers.get("If-Range", etag)
    match = ONE_RANGE.fullmatch(header)
    if match is None or condition != etag:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        length = min(int(suffix), size)
        start, end = size - length, size
    else:
        start = int(first)
        end = min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size or end <= start:
        raise UnsatisfiableRange
    return ByteRange(start, end - start)


def _read_blocks(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (block := file.read(min(BLOCK, left))):
        left -= len(block)
        yield block
