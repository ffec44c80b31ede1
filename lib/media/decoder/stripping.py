"""Find what tells where, when and by what a file was taken. Nothing is compressed again.

A JPEG, PNG or WebP is written anew without it. In other formats tables point to places of the file, so no byte may
move: what is to be overwritten there is returned as patches, since this process may not write behind its limit.
"""

from __future__ import annotations

import filecmp
from collections.abc import Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from lib.media.decoder import picture_items, picture_segments, recording_metadata, tiff_tags
from lib.media.decoder.patches import Patch
from lib.media.decoder.pictures import open_picture, read_orientation
from lib.media.decoder.refusals import Refusal
from lib.media.decoder.signatures import detect_picture, detect_recording

HEAD_BYTES = 4096
REWRITERS = {
    "JPEG": picture_segments.strip_jpeg,
    "PNG": picture_segments.strip_png,
    "WEBP": picture_segments.strip_webp,
}


def strip_metadata(path: Path, output: Path) -> dict[str, Any]:
    """Write `output`, a copy without metadata, or return patches; `outcome` is a `lib.media.photo_data.PhotoData`.

    Where there is none, or for a format that is not known, neither is made.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        format = detect_picture(head)
        if format in ("AVIF", "HEIF"):
            return _build_answer([*picture_items.find_items(file), *recording_metadata.find_metadata(file).patches])
        if format == "TIFF":
            tags = tiff_tags.find_tags(file)
            return _build_answer(tags.patches, is_partial=tags.is_raw)
        if format is None and detect_recording(head) == "mov":
            found = recording_metadata.find_metadata(file)
            return _build_answer(found.patches, is_partial=found.is_partial)
    if format not in REWRITERS:
        return {"outcome": "unsupported", "patches": []}
    return {"outcome": "removed" if _rewrite_picture(path, output, format) else "none", "patches": []}


def _build_answer(patches: Iterable[Patch], *, is_partial: bool = False) -> dict[str, Any]:
    found = [(patch.start, patch.size, patch.data.hex()) for patch in patches]
    return {"outcome": "partial" if is_partial else "removed" if found else "none", "patches": found}


def _rewrite_picture(path: Path, output: Path, format: str) -> bool:
    """Write a copy of a picture without metadata; write none, and return False, where there is none."""
    with open_picture(path, format) as image:
        orientation, shape = read_orientation(image), (image.size, image.mode, getattr(image, "n_frames", 1))
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data, output.open("wb") as written:
        written.writelines(REWRITERS[format](data, orientation))
    if filecmp.cmp(path, output, shallow=False):
        output.unlink()
        return False
    with open_picture(output, format) as image:
        # Of a JPEG, what a camera adds behind the picture is gone.
        if (image.size, image.mode, getattr(image, "n_frames", 1)) != shape and format != "JPEG":
            raise Refusal("broken", "It is another picture without its metadata.")
    return True
