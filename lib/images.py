"""Make small pictures of those that users upload or other servers send, without metadata.

Their format is recognised by their content, and decoded in a child process.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.media import child
from lib.media.errors import MediaFailed
from lib.web.errors import TooLarge, UnsupportedType

OUTPUT_SIDE = 256
DECODE_SECONDS = 20

TOO_MANY_PIXELS = _("At most 25 megapixels.")
NOT_A_PICTURE = _("Choose a PNG, JPEG, WebP or GIF picture.")
BROKEN = _("This picture is broken.")


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
    content, _answer = _decode_picture("crop_square", file, {"crop": crop})
    return content


def fit_picture(file: IO[bytes], side: int) -> Picture:
    """Return a whole picture, scaled down to at most `side` pixels a side. Raise as `crop_square` does."""
    content, answer = _decode_picture("fit_picture", file, {"side": side})
    return Picture(content, answer["width"], answer["height"])


def shrink_emoji(file: IO[bytes]) -> tuple[bytes, bool]:
    """Return a whole picture as a WebP of at most 128 pixels a side, transparency kept, and whether it is animated.

    Animations keep their first hundred frames. Raise as `crop_square` does.
    """
    content, answer = _decode_picture("shrink_emoji", file, {})
    return content, answer["is_animated"]


def _decode_picture(operation: str, file: IO[bytes], options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """Return the bytes that the child has written, and its answer."""
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        source, output = Path(folder, "source"), Path(folder, "output.webp")
        file.seek(0)
        with source.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        arguments = {"path": str(source), "output": str(output), **options}
        try:
            answer = child.foreground.call(operation, arguments, seconds=DECODE_SECONDS)
        except MediaFailed as failure:
            raise _explain_failure(failure) from failure
        return output.read_bytes(), answer


def _explain_failure(failure: MediaFailed) -> ValidationError:
    if failure.reason == "unsupported":
        return UnsupportedType("file", NOT_A_PICTURE)
    if failure.reason == "too_large":
        return TooLarge("file", TOO_MANY_PIXELS)
    if failure.reason == "crop":
        return ValidationError({"size": _("This square isn’t within the picture.")})
    return ValidationError({"file": BROKEN})
