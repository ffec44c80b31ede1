"""Take from a picture or recording what tells where, when and by what it was taken."""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from lib.media import child
from lib.media.errors import MediaFailed
from lib.media.kinds import Kind

STRIP_SECONDS = 10
BLANK_BYTES = 1024 * 1024
TAKEN_KINDS = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.AUDIO})


class PhotoData(StrEnum):
    """What has become of the place, time and camera that a file names."""

    REMOVED = "removed"
    NONE = "none"
    # Some of it: a raw photo needs its camera's.
    PARTIAL = "partial"
    # Not looked for: the format is not known.
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    # Not asked for.
    KEPT = "kept"


# Where bytes may have changed.
CHANGED = frozenset({PhotoData.REMOVED, PhotoData.PARTIAL, PhotoData.FAILED})


def remove_photo_data(path: Path) -> PhotoData:
    """Take from a file, in place, its Exif, GPS, XMP, IPTC, comments and the notes of its camera.

    Pixels, sound, colour profile and orientation stay as they are: nothing is compressed again. Knows JPEG, PNG, WebP,
    HEIC, AVIF, TIFF, MP4, M4A and QuickTime. A file that can't be read stays as it is.
    """
    output = path.with_name(f"{path.name}.stripped")
    arguments = {"path": str(path), "output": str(output)}
    try:
        found = child.foreground.call("strip_metadata", arguments, seconds=STRIP_SECONDS)
        if output.exists():
            os.replace(output, path)
        _apply_patches(path, found["patches"])
        return PhotoData(found["outcome"])
    except MediaFailed:
        return PhotoData.FAILED
    finally:
        output.unlink(missing_ok=True)


def _apply_patches(path: Path, patches: Iterable[tuple[int, int, str]]) -> None:
    """Overwrite places of a file, in their order: each by some bytes, and zeros up to its size."""
    with path.open("r+b") as file:
        for start, size, data in patches:
            written = bytes.fromhex(data)
            file.seek(start)
            file.write(written)
            rest = size - len(written)
            while rest > 0:
                rest -= file.write(bytes(min(BLANK_BYTES, rest)))
