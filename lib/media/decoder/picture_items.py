"""Find the metadata of a picture that is an item of a file, as in HEIC and AVIF (ISO/IEC 23008-12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lib.media.decoder.boxes import MAX_BOXES, Box, read_boxes
from lib.media.decoder.patches import Patch

MAX_TABLE_BYTES = 16 * 1024 * 1024
# Exif without a tag, behind the place of its beginning (A.2.1). Decoders refuse mere zeros.
EMPTY_EXIF = bytes(4) + b"MM\0*\0\0\0\x08" + bytes(6)


def find_items(file: IO[bytes]) -> Iterator[Patch]:
    """Yield what blanks the Exif and XMP of a picture. Its orientation is a property of its own and stays."""
    size = file.seek(0, 2)
    for meta in list(read_boxes(file, 0, size)):
        inside = {box.kind: box for box in read_boxes(file, meta.body + 4, meta.end)} if meta.kind == b"meta" else {}
        if b"iinf" not in inside or b"iloc" not in inside:
            continue
        kinds = dict(_find_metadata_items(file, inside[b"iinf"]))
        data_start = inside[b"idat"].body if b"idat" in inside else 0
        for item, method, offset, length in list(_read_locations(file, inside[b"iloc"])):
            start = offset + (data_start if method == 1 else 0)
            if item in kinds and method in (0, 1) and 0 < start < start + length <= size:
                yield from _blank_item(file, kinds[item], start, length)


def _blank_item(file: IO[bytes], kind: bytes, start: int, length: int) -> Iterator[Patch]:
    blank = EMPTY_EXIF if kind == b"Exif" and length >= len(EMPTY_EXIF) else b""
    file.seek(start)
    if file.read(length) != blank.ljust(length, b"\0"):
        yield Patch(start, length, blank)


def _find_metadata_items(file: IO[bytes], table: Box) -> Iterator[tuple[int, bytes]]:
    """Yield ids and types of items that are Exif, or text such as XMP."""
    file.seek(table.body)
    version = file.read(4)[0]
    for box in list(read_boxes(file, table.body + (6 if version == 0 else 8), table.end)):
        file.seek(box.body)
        data = file.read(min(32, box.end - box.body))
        wide = 4 if data[:1] == b"\3" else 2
        kind = data[4 + wide + 2 : 4 + wide + 6]
        if box.kind == b"infe" and data[:1] in (b"\2", b"\3") and kind in (b"Exif", b"mime"):
            yield int.from_bytes(data[4 : 4 + wide], "big"), kind


def _read_locations(file: IO[bytes], table: Box) -> Iterator[tuple[int, int, int, int]]:
    """Yield id, way of counting, offset and length of each part of each item."""
    file.seek(table.body)
    data = file.read(min(table.end - table.body, MAX_TABLE_BYTES))
    version = data[0]
    sizes = data[4] >> 4, data[4] & 15, data[5] >> 4, data[5] & 15 if version else 0
    at, width = 6, 4 if version == 2 else 2

    def take(count: int) -> int:
        nonlocal at
        at += count
        return int.from_bytes(data[at - count : at], "big")

    for _ in range(min(take(width), MAX_BOXES)):
        item = take(width)
        method = take(2) & 15 if version else 0
        take(2)  # the file that holds it: this one
        base = take(sizes[2])
        for _ in range(min(take(2), MAX_BOXES)):
            take(sizes[3])
            offset = take(sizes[0])
            yield item, method, base + offset, take(sizes[1])
