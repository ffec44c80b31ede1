"""Make films smaller: GIF, WebP, PNG and AVIF become an animated WebP that plays as they do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from lib.media.decoder.pictures import fit_size, read_orientation, scale_picture, turn_upright

MAX_FRAMES = 300
MAX_SIDE = 640
# Of all frames together, once they are scaled: WebP compresses some 10 million a second.
MAX_PIXELS = 40_000_000
MIN_SIDE = 160
# As browsers play a frame with no or hardly any time.
SLOWEST_OF_FAST, USUAL_MILLISECONDS = 10, 100
QUALITY = 70


def render_animation(image: Image.Image, target: Path) -> dict[str, Any]:
    """Write a film as WebP; return its first frame, its number of frames, and its seconds."""
    count = min(getattr(image, "n_frames", 1), MAX_FRAMES)
    orientation = read_orientation(image)
    profile = image.info.get("icc_profile")
    size = _choose_size(image.size, count)
    first, frames, durations = None, [], []
    for number in range(count):
        image.seek(number)
        image.load()
        durations.append(_read_duration(image))
        if first is None:
            first = turn_upright(scale_picture(image, image.size, profile), orientation)
        frames.append(turn_upright(scale_picture(image, size, profile), orientation).convert("RGBA"))
    frames[0].save(
        target,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=_read_loop(image),
        quality=QUALITY,
        method=1,
    )
    return {"first": first, "frames": count, "duration": sum(durations) / 1000}


def _choose_size(size: tuple[int, int], count: int) -> tuple[int, int]:
    width, height = fit_size(size, MAX_SIDE)
    scale = min(1.0, (MAX_PIXELS / (width * height * count)) ** 0.5)
    return fit_size(size, max(MIN_SIDE, int(max(width, height) * scale)))


def _read_duration(image: Image.Image) -> int:
    milliseconds = int(image.info.get("duration") or 0)
    return milliseconds if milliseconds > SLOWEST_OF_FAST else USUAL_MILLISECONDS


def _read_loop(image: Image.Image) -> int:
    """Return how often a film plays, 0 for ever. A GIF says how often it is repeated, or nothing, and plays once."""
    if image.format == "GIF":
        loop = image.info.get("loop")
        return 1 if loop is None else loop + 1 if loop else 0
    return int(image.info.get("loop", 0))
