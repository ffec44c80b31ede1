"""TIFFs of one grey pixel row, written by hand: of either byte order, and with tags that no library writes."""

from __future__ import annotations

import struct
from collections.abc import Mapping

PIXELS = bytes(range(64))
Values = bytes | int


def build_tiff(
    tags: Mapping[int, Values], *, exif: Mapping[int, Values] | None = None, gps: Mapping[int, Values] | None = None,
    order: str = ">", big: bool = False,
) -> bytes:  # fmt: skip
    """Return a file with pixels and tags: texts as bytes, numbers as such."""
    width = 8 if big else 4
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 43 if big else 42)
    head += struct.pack(f"{order}HH", 8, 0) if big else b""
    start = len(head) + width
    data = PIXELS
    pixel_tags: dict[int, Values] = {256: 64, 257: 1, 258: 8, 259: 1, 262: 1, 273: start, 277: 1, 278: 1, 279: 64}
    pointers: dict[int, Values] = {}
    for tag, inside in ((34665, exif), (34853, gps)):
        if inside is not None:
            directory, values = _build_directory(inside, start + len(data), order, big)
            pointers[tag] = start + len(data)
            data += directory + values
    directory, values = _build_directory(pixel_tags | dict(tags) | pointers, start + len(data), order, big)
    return head + struct.pack(f"{order}{'Q' if big else 'I'}", start + len(data)) + data + directory + values


def _build_directory(tags: Mapping[int, Values], start: int, order: str, big: bool) -> tuple[bytes, bytes]:
    number, count = ("Q", "Q") if big else ("I", "H")
    width = struct.calcsize(f"={number}")
    at = start + struct.calcsize(f"={count}") + len(tags) * (4 + 2 * width) + width
    entries, values = struct.pack(f"{order}{count}", len(tags)), b""
    for tag, value in sorted(tags.items()):
        if isinstance(value, int):
            entries += struct.pack(f"{order}HH{number}I", tag, 4, 1, value) + bytes(width - 4)
            continue
        entries += struct.pack(f"{order}HH{number}", tag, 2, len(value))
        if len(value) <= width:
            entries += value.ljust(width, b"\0")
        else:
            entries += struct.pack(f"{order}{number}", at + len(values))
            values += value
    return entries + bytes(width), values
