"""Pictures that people upload: recognised by what is in them, made small, and rid of all that they know."""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from lib.web.errors import TooLarge, UnsupportedType

SIDE = 256
MAX_BYTES = 5 * 1024 * 1024
# As many as a good camera has. Decoded they take 100 MB, and up to 400 MB more while they become small.
MAX_PIXELS = 25_000_000
# A JPEG may draw all of itself again in 44 bytes. Good ones do it ten times, and a few bytes in them look like it.
MAX_SCANS = 100
SCAN = b"\xff\xda"
ORIENTATION = 0x0112
ON_ITS_SIDE = range(5, 9)

TOO_MANY_BYTES = _("At most 5 MB.")
TOO_MANY_PIXELS = _("At most 25 megapixels.")
NO_PICTURE = _("Choose a PNG, JPEG, WebP or GIF picture.")
BROKEN = _("This picture is broken.")

# A process draws one at a time: all its threads at once would take the memory of a small server.
_drawing = Lock()


class Crop(NamedTuple):
    """A square of the picture as it is seen, upright: its corner and its side in pixels."""

    x: int
    y: int
    size: int


def square_of(file: IO[bytes], crop: Crop | None = None) -> bytes:
    """The square, by default the middle, as a small WebP that holds pixels and nothing else. Of an animation, the first
    frame.

    Refuses what is no picture, too large or broken. How large it would become is read before anything is decoded.
    """
    kind = _kind_of(file)
    try:
        if kind == "WEBP":
            _require_few_pixels(_webp_size(file))
        if kind == "JPEG":
            _require_few_scans(file)
        # Nothing but the kind it begins like: Pillow knows some that run programs.
        with _drawing, Image.open(file, formats=[kind]) as image:
            _require_few_pixels(image.size)
            return _drawn(image, crop)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise TooLarge("file", TOO_MANY_PIXELS) from error
    except MemoryError:
        raise
    except Exception as error:  # what decoders raise for broken input is anything
        raise ValidationError({"file": BROKEN}) from error


def _kind_of(file: IO[bytes]) -> str:
    head = _head(file, 16)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    raise UnsupportedType("file", NO_PICTURE)


def _webp_size(file: IO[bytes]) -> tuple[int, int]:
    """Pillow's decoder takes memory for the whole picture before it says how large that is."""
    head = _head(file, 30)
    chunk = head[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _head(file: IO[bytes], size: int) -> bytes:
    file.seek(0)
    head = file.read(size)
    file.seek(0)
    return head


def _require_few_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise TooLarge("file", TOO_MANY_PIXELS)


def _require_few_scans(file: IO[bytes]) -> None:
    """Pillow's decoder draws as many as there are, for minutes."""
    scans = file.read().count(SCAN)
    file.seek(0)
    if scans > MAX_SCANS:
        raise ValidationError({"file": BROKEN})


def _drawn(image: Image.Image, crop: Crop | None) -> bytes:
    width, height = image.size
    if image.getexif().get(ORIENTATION) in ON_ITS_SIDE:
        width, height = height, width
    x, y, size = _within(width, height, crop)
    # A JPEG can be decoded at an eighth of its size, which nobody would see.
    image.draft("RGB", (SIDE * image.width // size, SIDE * image.height // size))
    ImageOps.exif_transpose(image, in_place=True)
    scale = image.width / width
    box = (x * scale, y * scale, (x + size) * scale, (y + size) * scale)
    full = image.convert("RGBA" if image.has_transparency_data else "RGB")
    small = full.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    written = BytesIO()
    _opaque(small).save(written, "WEBP", quality=86, method=4)
    return written.getvalue()


def _within(width: int, height: int, crop: Crop | None) -> Crop:
    if crop is None:
        size = min(width, height)
        return Crop((width - size) // 2, (height - size) // 2, size)
    if crop.size < 1 or min(crop) < 0 or crop.x + crop.size > width or crop.y + crop.size > height:
        raise ValidationError({"size": _("This square isn’t within the picture.")})
    return crop


def _opaque(image: Image.Image) -> Image.Image:
    """On white: initials would show through anything else."""
    if image.mode == "RGB":
        return image
    below = Image.new("RGBA", image.size, "white")
    below.alpha_composite(image)
    return below.convert("RGB")
