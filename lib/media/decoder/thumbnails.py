"""Write thumbnails: WebP or AVIF in sRGB, upright, without metadata."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, features

from lib.media.decoder import animations
from lib.media.decoder.pictures import (
    ANIMATED_FORMATS,
    SIDEWAYS,
    fit_size,
    flatten_on_white,
    open_picture,
    read_orientation,
    scale_picture,
    turn_upright,
)

# On the longer side: twice what a tile of a list shows, and what fills a screen.
SIDES = {"large": 1600, "small": 360}
# Of WebP's seven efforts 0 is the fastest, 6 makes the smallest files.
WEBP: dict[str, Any] = {"format": "WEBP", "quality": 80, "method": 2}
# For large photos: smaller than that, nearer to the source, in the same time (docs/files.md). What is drawn, and text
# above all, becomes worse and not smaller. Without a profile: Pillow would add that of sRGB.
AVIF: dict[str, Any] = {"format": "AVIF", "quality": 60, "speed": 9, "max_threads": 1, "icc_profile": b""}
PHOTO_FORMATS = ("JPEG", "HEIF", "AVIF")
TYPES = {"WEBP": "image/webp", "AVIF": "image/avif"}


def render_picture(path: Path, format: str, folder: Path) -> dict[str, Any]:
    """Write both thumbnails of a picture of a format as Pillow calls it; the large one of a film is one, too."""
    with open_picture(path, format, cut_allowed=True) as image:
        if format in ANIMATED_FORMATS and getattr(image, "n_frames", 1) > 1:
            film = animations.render_animation(image, folder / "large.webp")
            return write_thumbnails(film.pop("first"), folder, film=folder / "large.webp") | {"metadata": film}
        orientation = read_orientation(image)
        profile = image.info.get("icc_profile")
        upright = image.size[::-1] if orientation in SIDEWAYS else image.size
        size = fit_size(upright, SIDES["large"])
        lying = size[::-1] if orientation in SIDEWAYS else size
        # A JPEG can be decoded at down to an eighth of its size, without a visible loss.
        image.draft(None, lying)
        picture = turn_upright(scale_picture(image, lying, profile), orientation)
    return write_thumbnails(picture, folder, is_photo=format in PHOTO_FORMATS)


def write_thumbnails(
    picture: Image.Image, folder: Path, *, is_photo: bool = False, film: Path | None = None
) -> dict[str, Any]:
    """Write both thumbnails of a picture in sRGB, or only the small one of a film; return them, and a placeholder."""
    picture = _drop_opaque_alpha(picture)
    thumbnails = []
    for name, side in SIDES.items():
        size = fit_size(picture.size, side)
        if size != picture.size:
            picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        if name == "large" and film:
            thumbnails.append(_describe_thumbnail(name, film, "WEBP"))
            continue
        is_avif = name == "large" and is_photo and picture.mode == "RGB" and features.check("avif")
        options = AVIF if is_avif else WEBP
        target = folder / f"{name}.{options['format'].lower()}"
        picture.save(target, **options)
        thumbnails.append(_describe_thumbnail(name, target, options["format"]))
    return {"thumbnails": thumbnails, "placeholder": _describe_colour(picture)}


def _describe_thumbnail(name: str, path: Path, format: str) -> dict[str, Any]:
    with Image.open(path, formats=[format]) as written:
        size = {"width": written.width, "height": written.height}
    return {"size": name, "path": str(path), "mime_type": TYPES[format], **size}


def _describe_colour(picture: Image.Image) -> str:
    """Return the mean colour of a picture, as CSS writes it."""
    mean = flatten_on_white(picture).resize((1, 1), Image.Resampling.BOX).tobytes()
    return "#" + mean.hex()


def _drop_opaque_alpha(picture: Image.Image) -> Image.Image:
    """Return a picture without the transparency that it has nowhere."""
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture
