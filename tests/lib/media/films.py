"""Films of boxes, written by hand: with a track of measurements, as action cameras have."""

from __future__ import annotations

import struct

SEEN, MEASURED = b"pixels" * 10, b"GPS5 38.7 -9.1 Lisbon"


def build_box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def build_track(handler: bytes, samples: list[tuple[int, int]]) -> bytes:
    """Return a track whose samples are at these places, one in each chunk, of these sizes."""
    head = bytes(4)
    offsets = b"".join(struct.pack(">I", start) for start, _size in samples)
    sizes = b"".join(struct.pack(">I", size) for _start, size in samples)
    tables = build_box(
        b"stbl",
        build_box(b"stsc", head, struct.pack(">IIII", 1, 1, 1, 1)),
        build_box(b"stsz", head, struct.pack(">II", 0, len(samples)), sizes),
        build_box(b"stco", head, struct.pack(">I", len(samples)), offsets),
    )
    handled = build_box(b"hdlr", head, bytes(4), handler, bytes(13))
    return build_box(b"trak", build_box(b"mdia", handled, build_box(b"minf", tables)))


def build_film(*, fragmented: bool = False, broken: bool = False) -> bytes:
    """Return a film of two pieces of pixels with a piece of measurements behind each."""
    front = build_box(b"ftyp", b"mp42", bytes(4), b"mp42")
    media = (SEEN + MEASURED) * 2
    places = [len(front) + 8, len(front) + 8 + len(SEEN) + len(MEASURED)]
    seen = build_track(b"vide", [(place, len(SEEN)) for place in places])
    lost = 10**9 if broken else 0
    measured = build_track(b"meta", [(place + len(SEEN) + lost, len(MEASURED)) for place in places])
    more = build_box(b"mvex", bytes(8)) if fragmented else b""
    return front + build_box(b"mdat", media) + build_box(b"moov", seen, measured, more)
