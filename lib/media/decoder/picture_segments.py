"""Choose the parts of JPEG, PNG and WebP that stay once metadata is gone. Nothing is compressed again."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from mmap import mmap

from PIL import Image

from lib.media.decoder.pictures import ORIENTATION
from lib.media.decoder.refusals import Refusal

# Of JPEG: what is between two scans is no marker where a zero or the number of a restart follows.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
END_OF_IMAGE, COMMENT = 0xD9, 0xFE
APPLICATION_SEGMENTS = range(0xE0, 0xF0)
# How a JPEG is to be decoded: its pixels' shape, its profile, how Adobe has transformed its colours.
KEPT_SEGMENTS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
STRIPPED_PNG_CHUNKS = (b"eXIf", b"tIME", b"caBX", *PNG_TEXTS)
# Words in which drawing programs keep what is drawn, to be changed again.
DRAWINGS = (b"mxfile\0", b"mxGraphModel\0", b"application/vnd.excalidraw+json\0")
STRIPPED_WEBP_CHUNKS = (b"EXIF", b"XMP ", b"C2PA")
WEBP_EXIF_FLAG, WEBP_XMP_FLAG = 0x08, 0x04


def strip_jpeg(data: mmap, orientation: int) -> Iterator[bytes]:
    """Yield the segments to keep, up to the end of the first picture: behind it cameras put others, with their data."""
    yield data[:2]
    if orientation != 1:
        yield _build_segment(0xE1, b"Exif\0\0" + _build_exif(orientation))
    at = 2
    while match := MARKER.search(data, at):
        marker, start = data[match.start() + 1], match.start()
        yield data[at:start]  # behind the head of a scan its pixels, else nothing
        if marker == END_OF_IMAGE:
            yield data[start : start + 2]
            return
        at = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        body = data[start + 4 : at]
        is_kept = any(marker == kind and body.startswith(name) for kind, name in KEPT_SEGMENTS)
        if is_kept or (marker not in APPLICATION_SEGMENTS and marker != COMMENT):
            yield data[start:at]
    yield data[at:]  # it ends too early


def _build_segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _build_exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes().removeprefix(b"Exif\0\0")


def strip_png(data: mmap, orientation: int) -> Iterator[bytes]:
    """Yield the chunks to keep. What follows the last one goes, too."""
    yield data[:8]
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + size
        is_drawing = kind in PNG_TEXTS and data[at + 8 : at + 64].startswith(DRAWINGS)
        if kind not in STRIPPED_PNG_CHUNKS or is_drawing:
            yield data[at:end]
        if kind == b"IHDR" and orientation != 1:
            exif = b"eXIf" + _build_exif(orientation)
            yield struct.pack(">I", len(exif) - 4) + exif + struct.pack(">I", zlib.crc32(exif))
        if kind == b"IEND":
            return
        at = end
    raise Refusal("broken", "No end.")


def strip_webp(data: mmap, orientation: int) -> Iterator[bytes]:
    """Yield the chunks to keep, with their size in front."""
    chunks = b"".join(_list_webp_chunks(data, orientation))
    yield data[:4] + struct.pack("<I", 4 + len(chunks)) + data[8:12]
    yield chunks


def _list_webp_chunks(data: mmap, orientation: int) -> Iterator[bytes]:
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        following = at + 8 + size + size % 2
        chunk = data[at:following]
        if chunk[:4] == b"VP8X":
            flags = chunk[8] & ~(WEBP_EXIF_FLAG | WEBP_XMP_FLAG) | (WEBP_EXIF_FLAG if orientation != 1 else 0)
            yield chunk[:8] + bytes([flags]) + chunk[9:]
        elif chunk[:4] not in STRIPPED_WEBP_CHUNKS:
            yield chunk
        at = following
    if orientation != 1:
        exif = _build_exif(orientation)
        yield b"EXIF" + struct.pack("<I", len(exif)) + exif + bytes(len(exif) % 2)
