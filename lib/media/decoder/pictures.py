"""Open pictures: only formats that are named, only so many pixels, upright and in sRGB."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import AvifImagePlugin, Image, ImageFile

from lib.colours import convert_to_srgb
from lib.media.decoder.refusals import Refusal

with suppress(ImportError):  # without it, photos of iPhones are files among others
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)

# Decoded with transparency they take 400 MB. Phones have 50, scans of A3 at 600 dpi 70.
MAX_PIXELS = 100_000_000
# A JPEG is decoded at down to an eighth of its size. The largest cameras of phones have 200.
MAX_JPEG_PIXELS = 250_000_000
ORIENTATION = 0x0112
SIDEWAYS = range(5, 9)
TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Formats in which several pictures are a film. In others they are pages, or what a camera adds to one.
ANIMATED_FORMATS = ("GIF", "WEBP", "PNG", "AVIF")

AvifImagePlugin.DEFAULT_MAX_THREADS = 2
# Between a limit and its double Pillow warns, above it raises. Ours is one for each format.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS // 2
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


@contextmanager
def open_picture(
    path: Path, format: str, *, max_pixels: int | None = None, cut_allowed: bool = False
) -> Iterator[Image.Image]:
    """Open a picture of a format as Pillow calls it, refusing one with too many pixels before it is decoded.

    With `cut_allowed` the rest of a JPEG that ends too early is grey, as browsers show it.
    """
    limit = max_pixels or (MAX_JPEG_PIXELS if format == "JPEG" else MAX_PIXELS)
    ImageFile.LOAD_TRUNCATED_IMAGES = cut_allowed and format == "JPEG"
    try:
        if format == "WEBP":
            _require_few_pixels(_read_webp_size(path), limit)
        # No other format than its first bytes say: Pillow knows some that run programs.
        with Image.open(path, formats=[format]) as image:
            _require_few_pixels(image.size, limit)
            yield image
    except Image.DecompressionBombError as error:
        raise Refusal("too_large", str(error)) from error


def read_orientation(image: Image.Image) -> int:
    """Return how a picture is to be turned, 1 to 8 as Exif counts.

    Of a PNG it is read only where it costs nothing; a TIFF and a HEIC are turned as they are decoded.
    """
    if image.format in ("TIFF", "HEIF") or (image.format == "PNG" and "exif" not in image.info):
        return 1
    try:
        orientation = image.getexif().get(ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError):  # what a broken Exif makes of itself is anything
        return 1
    return orientation if orientation in TRANSPOSITIONS else 1


def read_upright_size(image: Image.Image) -> tuple[int, int]:
    """Return the width and height of a picture as it is shown."""
    width, height = image.size
    return (height, width) if read_orientation(image) in SIDEWAYS else (width, height)


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return a picture as it was seen."""
    return image.transpose(TRANSPOSITIONS[orientation]) if orientation in TRANSPOSITIONS else image


def scale_picture(image: Image.Image, size: tuple[int, int], profile: bytes | None) -> Image.Image:
    """Return a picture of a size in sRGB, as RGB or RGBA."""
    simple = simplify_mode(image)
    if simple.size != size:
        simple = simple.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return convert_to_srgb(simple, profile)


def fit_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return a size of the same shape whose longer side has at most `side` pixels, and none of them less than one."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def simplify_mode(image: Image.Image) -> Image.Image:
    """Return a picture of 8 bits in a mode that can be scaled: L, RGB or CMYK, with transparency LA or RGBA."""
    if image.mode.startswith("I"):
        # Greys of 16 bits. Pillow would cut off all but the darkest.
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode == "F":
        image = _spread_greys(image)
    is_grey = image.mode in ("1", "L", "LA")
    if image.has_transparency_data:
        return image.convert("LA" if is_grey else "RGBA")
    return image if image.mode == "CMYK" else image.convert("L" if is_grey else "RGB")


def flatten_on_white(image: Image.Image) -> Image.Image:
    """Put a transparent picture on white."""
    if image.mode == "RGB":
        return image
    background = Image.new("RGBA", image.size, "white")
    background.alpha_composite(image)
    return background.convert("RGB")


def _spread_greys(image: Image.Image) -> Image.Image:
    """Return greys of floating point, which have no limits of their own, from the darkest to the lightest."""
    low, high = image.getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or not high > low:
        return image.convert("L")
    scale = 255 / (high - low)
    return image.point(lambda grey: grey * scale - low * scale).convert("L")


def _require_few_pixels(size: tuple[int, int], limit: int) -> None:
    if size[0] * size[1] > limit:
        raise Refusal("too_large", f"{size[0]} x {size[1]} pixels")


def _read_webp_size(path: Path) -> tuple[int, int]:
    """Read width and height from the header: Pillow's decoder allocates the whole picture before it gives them."""
    with path.open("rb") as file:
        head = file.read(30)
    chunk = head[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
