"""Tell what a file is: by its bytes, never by what its name or sender claim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.media import child
from lib.media.errors import TOO_MANY_PIXELS, MediaFailed, MediaRefused
from lib.media.kinds import UNKNOWN_TYPE, Kind, classify_mime_type

PROBE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Probe:
    """What the bytes of a file tell.

    `format` is a short name: that of a picture's or recording's container, or the encoding of a text. Width and height
    are those of the upright picture in pixels, of a PDF those of its first page in points. `duration` is in seconds,
    `frames` counts those of an animated picture, `pages` those of a PDF or TIFF. None stands for what is unknown.
    """

    mime_type: str
    kind: Kind
    format: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    pages: int | None = None
    frames: int | None = None


def probe_file(path: Path, *, name: str) -> Probe:
    """Return what a file is; `application/octet-stream` for what is odd or broken.

    The name tells only kinds of text from each other. Raise `MediaRefused` for a picture that has more than 100
    megapixels, a JPEG 250: its head says so, and nothing of it is decoded. Takes at most 10 seconds.
    """
    try:
        found = child.foreground.call("probe_file", {"path": str(path), "name": name}, seconds=PROBE_SECONDS)
    except MediaFailed as failure:
        if failure.reason == "too_large":
            raise MediaRefused(TOO_MANY_PIXELS) from failure
        return Probe(UNKNOWN_TYPE, Kind.OTHER, "")
    return _build_probe(found)


def _build_probe(found: dict[str, Any]) -> Probe:
    fields = {name: found.get(name) for name in ("width", "height", "duration", "pages", "frames")}
    return Probe(found["mime_type"], classify_mime_type(found["mime_type"]), found["format"], **fields)
