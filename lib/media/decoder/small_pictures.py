"""Make the small pictures of users, rooms, links and emoji, as WebP without metadata. `lib.images` tells of them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from lib.colours import convert_to_srgb
from lib.media.decoder.pictures import (
    fit_size,
    flatten_on_white,
    open_picture,
    read_upright_size,
    scale_picture,
    simplify_mode,
)
from lib.media.decoder.refusals import Refusal
from lib.media.decoder.signatures import detect_picture

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
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


def crop_square(path: Path, output: Path, crop: list[int] | None) -> None:
    """Write a square of a picture, by default its middle."""
    with open_picture(path, _detect_format(path), max_pixels=MAX_PIXELS) as image:
        width, height = read_upright_size(image)
        x, y, size = _resolve_crop(width, height, crop)
        # A JPEG can be decoded at down to an eighth of its size, without a visible loss.
        profile = image.info.get("icc_profile")
        image.draft("RGB", (OUTPUT_SIDE * image.width // size, OUTPUT_SIDE * image.height // size))
        ImageOps.exif_transpose(image, in_place=True)
        scale = image.width / width
        box = (x * scale, y * scale, (x + size) * scale, (y + size) * scale)
        side = (OUTPUT_SIDE, OUTPUT_SIDE)
        small = simplify_mode(image).resize(side, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        _write_webp(convert_to_srgb(small, profile), output)


def fit_picture(path: Path, output: Path, side: int) -> tuple[int, int]:
    """Write a whole picture, scaled down to at most `side` pixels a side; return its size."""
    with open_picture(path, _detect_format(path), max_pixels=MAX_PIXELS) as image:
        scale = min(1.0, side / max(image.size))
        profile = image.info.get("icc_profile")
        image.draft("RGB", (int(image.width * scale) + 1, int(image.height * scale) + 1))
        ImageOps.exif_transpose(image, in_place=True)
        size = fit_size(image.size, side)
        _write_webp(scale_picture(image, size, profile), output)
        return size


def shrink_emoji(path: Path, output: Path) -> bool:
    """Write a whole picture of at most 128 pixels a side, transparency kept; tell whether it is animated."""
    with open_picture(path, _detect_format(path), max_pixels=MAX_PIXELS) as image:
        profile = image.info.get("icc_profile")
        limit = min(MAX_FRAMES, MAX_PIXELS // (image.width * image.height))
        frames, durations = [], []
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            if number >= max(1, limit):
                break
            durations.append(max(20, int(frame.info.get("duration") or FRAME_MILLISECONDS)))
            frames.append(_shrink_frame(frame, profile))
    animation = {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0}
    frames[0].save(output, "WEBP", quality=86, method=4, **(animation if len(frames) > 1 else {}))
    return len(frames) > 1


def _detect_format(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(16)
        format = detect_picture(head)
        if format not in FORMATS:
            raise Refusal("unsupported")
        if format == "JPEG" and (head + file.read()).count(SCAN_MARKER) > MAX_SCANS:
            # Pillow's decoder would draw it for minutes.
            raise Refusal("broken", "Too many scans.")
    return format


def _shrink_frame(frame: Image.Image, profile: bytes | None) -> Image.Image:
    small = simplify_mode(ImageOps.exif_transpose(frame))
    small.thumbnail((EMOJI_SIDE, EMOJI_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return convert_to_srgb(small, profile).convert("RGBA")


def _resolve_crop(width: int, height: int, crop: list[int] | None) -> tuple[int, int, int]:
    if crop is None:
        size = min(width, height)
        return (width - size) // 2, (height - size) // 2, size
    x, y, size = crop
    if size < 1 or min(x, y) < 0 or x + size > width or y + size > height:
        raise Refusal("crop")
    return x, y, size


def _write_webp(image: Image.Image, output: Path) -> None:
    # Initials would show through anything but white.
    flatten_on_white(image).save(output, "WEBP", quality=86, method=4)
