"""Read the boxes of MP4, QuickTime, HEIC and AVIF (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, NamedTuple

from lib.media.decoder.patches import Patch

MAX_BOXES = 10_000


class Box(NamedTuple):
    """A box: its type, where it begins, where its content does, where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def read_boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places of a file."""
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        body = start + 8
        if size == 1:
            size, body = int.from_bytes(file.read(8), "big"), start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            return
        yield Box(kind, start, body, start + size)
        start += size


def blank_box(box: Box) -> list[Patch]:
    """Turn a box into free space. An empty one tells nothing.

    Its type is the last to change: a box that is free has no content left, even where the writer was killed.
    """
    if box.body == box.end:
        return []
    return [Patch(box.body, box.end - box.body), Patch(box.start + 4, 4, b"free")]
