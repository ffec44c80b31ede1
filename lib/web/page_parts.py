"""Cut a page into parts that stay as they are, and put values between them anew, plain or compressed.

A part is compressed once, and what is put in stands beside it as it is: unlike in a page that is compressed as a whole,
no secret is compressed together with words of others.
"""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property

# Django's number, for answers whose length differs by chance.
MAX_RANDOM_BYTES = 100
# RFC 1952: DEFLATE, with a file name of random length; no time, unknown system.
GZIP_HEAD = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"
# RFC 1951: an empty block, the last one.
LAST_BLOCK = b"\x03\x00"


class Part:
    """A text of a page, compressed when it is first asked for so."""

    def __init__(self, text: str) -> None:
        self.plain = text.encode()

    @cached_property
    def deflated(self) -> bytes:
        """Return the text as blocks of a DEFLATE stream that refer to no others and end with a whole byte."""
        compressor = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        return compressor.compress(self.plain) + compressor.flush(zlib.Z_FULL_FLUSH)


def cut_page(html: str, values: Mapping[str, str]) -> list[str]:
    """Return texts that alternate with the names of `values`, which nothing else in the page may contain."""
    names = {value: name for name, value in values.items()}
    pieces = re.split(f"({'|'.join(map(re.escape, names))})", html)
    return [names[piece] if index % 2 else piece for index, piece in enumerate(pieces)]


def join_parts(parts: Sequence[Part | bytes]) -> bytes:
    """Return a page."""
    return b"".join([part.plain if isinstance(part, Part) else part for part in parts])


def join_parts_compressed(parts: Sequence[Part | bytes]) -> bytes:
    """Return a page compressed by gzip. Each value has less than 64 KB."""
    pieces = [GZIP_HEAD, b"a" * secrets.randbelow(MAX_RANDOM_BYTES), b"\0"]
    checksum = size = 0
    for part in parts:
        plain = part.plain if isinstance(part, Part) else part
        pieces.append(part.deflated if isinstance(part, Part) else _store_block(part))
        checksum = zlib.crc32(plain, checksum)
        size += len(plain)
    return b"".join([*pieces, LAST_BLOCK, struct.pack("<II", checksum, size)])


def _store_block(value: bytes) -> bytes:
    """Return a block of a DEFLATE stream that holds a value uncompressed."""
    return struct.pack("<BHH", 0, len(value), len(value) ^ 0xFFFF) + value
