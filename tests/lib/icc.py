"""Colour profiles (ICC.1:2001-04), as small as they may be."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Primaries = tuple[tuple[float, float, float], ...]
# What red, green and blue are in XYZ under D50.
SRGB: Primaries = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3: Primaries = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB: Primaries = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
WHITE = (0.96420, 1.0, 0.82491)


def rgb_profile(primaries: Primaries, *, gamma: float = 2.2) -> bytes:
    tags = dict(zip(("rXYZ", "gXYZ", "bXYZ"), map(_encode_xyz, primaries), strict=True))
    return _build_profile(b"mntr", b"RGB ", b"XYZ ", tags | dict.fromkeys(("rTRC", "gTRC", "bTRC"), _curve(gamma)))


def grey_profile(*, gamma: float) -> bytes:
    return _build_profile(b"mntr", b"GRAY", b"XYZ ", {"kTRC": _curve(gamma)})


def cmyk_profile(*, ink: tuple[int, int, int]) -> bytes:
    """A printer whose every ink has this colour (CIELAB in bytes), on white paper."""
    white = (255, 128, 128)
    corners = [ink if n else white for n in range(16)]
    straight = bytes(range(256))
    table = struct.pack(">4sI4B9i", b"mft1", 0, 4, 3, 2, 0, *(65536 * (n % 4 == 0) for n in range(9)))
    table += straight * 4 + bytes(value for corner in corners for value in corner) + straight * 3
    return _build_profile(b"prtr", b"CMYK", b"Lab ", {"A2B0": table})


def _build_profile(kind: bytes, space: bytes, connection: bytes, tags: Mapping[str, bytes]) -> bytes:
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78)
    tags = {"desc": text, "cprt": b"text\0\0\0\0none\0", "wtpt": _encode_xyz(WHITE)} | dict(tags)
    offset, index, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        index += struct.pack(">4sII", name.encode(), offset + len(body), len(data))
        body += data
    size = offset + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, kind, space, connection)
    head += struct.pack(">6H", 2026, 11, 12, 12, 0, 0) + b"acsp" + bytes(28) + _fixed(WHITE) + bytes(48)
    return head + struct.pack(">I", len(tags)) + index + body


def _encode_xyz(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _fixed(values: Sequence[float]) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))
