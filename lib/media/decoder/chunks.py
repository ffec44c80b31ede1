"""Tell where the samples of a track of an MP4 or QuickTime file are, by its tables (ISO/IEC 14496-12, 8.7)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import IO

from lib.media.decoder.boxes import Box

MAX_ENTRIES = 200_000
Chunk = tuple[int, int]


def list_chunks(file: IO[bytes], tables: Mapping[bytes, Box]) -> list[Chunk] | None:
    """Return start and size of each chunk of samples; None where the tables don't tell."""
    end = file.seek(0, 2)
    try:
        is_wide = b"co64" in tables
        starts = _read_numbers(file, tables[b"co64" if is_wide else b"stco"], size=8 if is_wide else 4)
        runs = _read_numbers(file, tables[b"stsc"], size=4, columns=3)
        sizes = _read_sizes(file, tables[b"stsz"])
    except (KeyError, struct.error, OverflowError):
        return None
    counts = dict(zip(runs[::3], runs[1::3], strict=False))
    chunks: list[Chunk] = []
    at, count = 0, 0
    for number, start in enumerate(starts, start=1):
        count = counts.get(number, count)
        size = sum(sizes[at : at + count])
        at += count
        if start + size > end:
            return None
        chunks.append((start, size))
    return [chunk for chunk in chunks if chunk[1]]


def _read_sizes(file: IO[bytes], table: Box) -> tuple[int, ...]:
    file.seek(table.body + 4)
    size, count = struct.unpack(">II", file.read(8))
    if count > MAX_ENTRIES:
        raise OverflowError
    return (size,) * count if size else struct.unpack(f">{count}I", file.read(4 * count))


def _read_numbers(file: IO[bytes], table: Box, *, size: int, columns: int = 1) -> tuple[int, ...]:
    """Return the numbers of a table, which begins with how many rows it has."""
    file.seek(table.body + 4)
    (rows,) = struct.unpack(">I", file.read(4))
    if rows > MAX_ENTRIES:
        raise OverflowError
    return struct.unpack(f">{rows * columns}{'Q' if size == 8 else 'I'}", file.read(size * rows * columns))
