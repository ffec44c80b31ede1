"""Pictures that people upload, good and bad."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)
LISBON = {1: "N", 2: (38.0, 42.0, 0.0), 3: "W", 4: (9.0, 8.0, 0.0)}


def halves(width: int = 400, height: int = 200, kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    written = BytesIO()
    image.convert(mode).save(written, kind, **options)
    return written.getvalue()


def named(name: str) -> bytes:
    """Red and blue, in bytes of its own: a part that no reader knows has a name."""
    picture = halves()
    return picture[:-12] + _chunk(b"naMe", name.encode()) + picture[-12:]


def knowing(orientation: int) -> bytes:
    """A photograph that knows where it was taken, and how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Harbour Cameras"
    exif.get_ifd(0x8825).update(LISBON)
    return halves(kind="JPEG", exif=exif, comment=b"on the quay")


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A few kilobytes of PNG that would become gigabytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(10**6)))


def webp_bomb() -> bytes:
    side = (16_383 - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + side + side
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def jpeg_bomb(scans: int = 200) -> bytes:
    """A small picture that is drawn again and again."""
    written = halves(8, 8, kind="JPEG", progressive=True)
    first = written.index(b"\xff\xda")
    return written[:first] + written[first:-2] * scans + written[-2:]


def upload(content: bytes, name: str = "me.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def colour(picture: bytes, x: int, y: int) -> str:
    """Whether a place is rather red or blue."""
    red, _, blue = Image.open(BytesIO(picture)).convert("RGB").getpixel((x, y))
    return "red" if red > blue else "blue"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
