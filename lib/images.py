"""Make small pictures of those that users upload or other servers send, without metadata.

Their format is recognised by their content.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import IO, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence

from lib.colours import convert_to_srgb
from lib.web.errors import TooLarge, UnsupportedType

OUTPUT_SIDE = 256
# What a good camera takes. Decoded it needs 100 MB, and up to 400 MB more while it is scaled.
MAX_PIXELS = 25_000_000
# A JPEG may draw all of itself again in 44 bytes. Good ones have ten scans, and a few bytes that look like more.
MAX_SCANS = 100
SCAN_MARKER = b"\xff\xda"
EMOJI_SIDE = 128
# Of an animation. More are cut off; fewer where they are large, so that all of them take no more than a large picture.
MAX_FRAMES = 100
FRAME_MILLISECONDS = 100
ORIENTATION = 0x0112
SIDEWAYS_ORIENTATIONS = range(5, 9)

TOO_MANY_PIXELS = _("At most 25 megapixels.")
NOT_A_PICTURE = _("Choose a PNG, JPEG, WebP or GIF picture.")
BROKEN = _("This picture is broken.")

T = TypeVar("T")

# A process decodes one at a time: all its threads at once would take the memory of a small server.
_decoding_lock = Lock()


class Crop(NamedTuple):
    """Square of the upright picture: its top left corner and its side, in pixels."""

    x: int
    y: int
    size: int


class Picture(NamedTuple):
    """A picture as WebP, and its size in pixels."""

    content: bytes
    width: int
    height: int


def crop_square(file: IO[bytes], crop: Crop | None = None) -> bytes:
    """Return a square of a picture, by default its middle, as a WebP of 256 pixels a side without metadata.

    Of an animation it is the first frame. Raise `UnsupportedType` for what is no PNG, JPEG, WebP or GIF, `TooLarge`
    for more than 25 megapixels (read before anything is decoded), `ValidationError` for a broken picture or a square
    outside of it.
    """
    return _decode_picture(file, lambda image: _render_square(image, crop))


def fit_picture(file: IO[bytes], side: int) -> Picture:
    """Return a whole picture, scaled down to at most `side` pixels a side. Raise as `crop_square` does."""
    return _decode_picture(file, lambda image: _render_fitted(image, side))


def shrink_emoji(file: IO[bytes]) -> tuple[bytes, bool]:
    """Return a whole picture as a WebP of at most 128 pixels a side, transparency kept, and whether it is animated.

    Animations keep their first hundred frames. Raise as `crop_square` does.
    """
    return _decode_picture(file, _render_emoji)


def _decode_picture(file: IO[bytes], render: Callable[[Image.Image], T]) -> T:
    """Return what `render` makes of a picture that is small enough to be decoded."""
    format = _detect_format(file)
    try:
        if format == "WEBP":
            _require_few_pixels(_read_webp_size(file))
        if format == "JPEG":
            _require_few_scans(file)
        # No other format than its first bytes say: Pillow knows some that run programs.
        with _decoding_lock, Image.open(file, formats=[format]) as image:
            _require_few_pixels(image.size)
            return render(image)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise TooLarge("file", TOO_MANY_PIXELS) from error
    except MemoryError:
        raise
    except Exception as error:  # what decoders raise for broken input is anything
        raise ValidationError({"file": BROKEN}) from error


def _detect_format(file: IO[bytes]) -> str:
    head = _read_head(file, 16)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    raise UnsupportedType("file", NOT_A_PICTURE)


def _read_webp_size(file: IO[bytes]) -> tuple[int, int]:
    """Read width and height from the header: Pillow's decoder allocates the whole picture before it gives them."""
    head = _read_head(file, 30)
    chunk = head[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _read_head(file: IO[bytes], size: int) -> bytes:
    file.seek(0)
    head = file.read(size)
    file.seek(0)
    return head


def _require_few_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise TooLarge("file", TOO_MANY_PIXELS)


def _require_few_scans(file: IO[bytes]) -> None:
    """Refuse a JPEG with too many scans, which Pillow's decoder would draw for minutes."""
    scans = file.read().count(SCAN_MARKER)
    file.seek(0)
    if scans > MAX_SCANS:
        raise ValidationError({"file": BROKEN})


def _render_square(image: Image.Image, crop: Crop | None) -> bytes:
    width, height = image.size
    if image.getexif().get(ORIENTATION) in SIDEWAYS_ORIENTATIONS:
        width, height = height, width
    x, y, size = _resolve_crop(width, height, crop)
    # A JPEG can be decoded at down to an eighth of its size, without a visible loss.
    profile = image.info.get("icc_profile")
    image.draft("RGB", (OUTPUT_SIDE * image.width // size, OUTPUT_SIDE * image.height // size))
    ImageOps.exif_transpose(image, in_place=True)
    scale = image.width / width
    box = (x * scale, y * scale, (x + size) * scale, (y + size) * scale)
    full = _simplify_mode(image)
    small = full.resize((OUTPUT_SIDE, OUTPUT_SIDE), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return _encode_webp(small, profile)


def _render_fitted(image: Image.Image, side: int) -> Picture:
    scale = min(1.0, side / max(image.size))
    profile = image.info.get("icc_profile")
    image.draft("RGB", (int(image.width * scale) + 1, int(image.height * scale) + 1))
    ImageOps.exif_transpose(image, in_place=True)
    scale = min(1.0, side / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    small = _simplify_mode(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return Picture(_encode_webp(small, profile), *size)


def _render_emoji(image: Image.Image) -> tuple[bytes, bool]:
    profile = image.info.get("icc_profile")
    limit = min(MAX_FRAMES, MAX_PIXELS // (image.width * image.height))
    frames, durations = [], []
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        if number >= max(1, limit):
            break
        durations.append(max(20, int(frame.info.get("duration") or FRAME_MILLISECONDS)))
        frames.append(_shrink_frame(frame, profile))
    encoded = BytesIO()
    animation = {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0}
    frames[0].save(encoded, "WEBP", quality=86, method=4, **(animation if len(frames) > 1 else {}))
    return encoded.getvalue(), len(frames) > 1


def _shrink_frame(frame: Image.Image, profile: bytes | None) -> Image.Image:
    small = _simplify_mode(ImageOps.exif_transpose(frame))
    small.thumbnail((EMOJI_SIDE, EMOJI_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return convert_to_srgb(small, profile).convert("RGBA")


def _encode_webp(image: Image.Image, profile: bytes | None) -> bytes:
    encoded = BytesIO()
    _flatten_on_white(convert_to_srgb(image, profile)).save(encoded, "WEBP", quality=86, method=4)
    return encoded.getvalue()


def _simplify_mode(image: Image.Image) -> Image.Image:
    """Return a picture of 8 bits in a mode that can be scaled: L, RGB or CMYK, with transparency LA or RGBA."""
    if image.mode.startswith("I"):
        # Greys of 16 bits. Pillow would cut off all but the darkest.
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    is_grey = image.mode in ("1", "L", "LA")
    if image.has_transparency_data:
        return image.convert("LA" if is_grey else "RGBA")
    return image if image.mode == "CMYK" else image.convert("L" if is_grey else "RGB")


def _resolve_crop(width: int, height: int, crop: Crop | None) -> Crop:
    if crop is None:
        size = min(width, height)
        return Crop((width - size) // 2, (height - size) // 2, size)
    if crop.size < 1 or min(crop) < 0 or crop.x + crop.size > width or crop.y + crop.size > height:
        raise ValidationError({"size": _("This square isn’t within the picture.")})
    return crop


def _flatten_on_white(image: Image.Image) -> Image.Image:
    """Put a transparent picture on white: initials would show through anything else."""
    if image.mode == "RGB":
        return image
    background = Image.new("RGBA", image.size, "white")
    background.alpha_composite(image)
    return background.convert("RGB")
