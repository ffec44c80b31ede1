"""Make previews of files: thumbnails, text, the waveform of a sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from lib.media import child
from lib.media.errors import MediaFailed
from lib.media.kinds import Kind
from lib.media.probing import Probe

RENDER_SECONDS = 60
# Of what a preview can do without.
EXTRA_SECONDS = 20


@dataclass(frozen=True, slots=True)
class RenderedThumbnail:
    """A small picture of a file: at most 360 pixels a side, or 1600."""

    size: Literal["small", "large"]
    path: Path
    mime_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """What was made of a file.

    Both thumbnails or none; `placeholder`, their mean colour as `#rrggbb` or empty; `text` for the search, at most
    100 KB; `first_lines`, at most 4 KB; `peaks`, at most 64 numbers from 0 to 100; `metadata` that only decoding tells:
    `duration` in seconds, `codecs`, `frames`.
    """

    thumbnails: list[RenderedThumbnail] = field(default_factory=list)
    placeholder: str = ""
    text: str = ""
    first_lines: str = ""
    peaks: list[int] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)


def render_file(path: Path, probe: Probe, *, name: str, folder: Path) -> Rendering:
    """Make the previews of a file that was probed, with their files in `folder`; an empty one for what has none.

    Raise `MediaFailed` for what is broken, locked by a password, or takes more than a minute. Text and waveform are
    left out where only they fail.
    """
    render = RENDERERS.get(probe.kind)
    return render(path, probe, folder) if render else Rendering()


def _render_image(path: Path, probe: Probe, folder: Path) -> Rendering:
    arguments = {"path": str(path), "format": probe.format.upper(), "folder": str(folder)}
    return _build_rendering(_ask_child("render_picture", arguments))


def _render_pdf(path: Path, probe: Probe, folder: Path) -> Rendering:
    drawn = _ask_child("render_pdf", {"path": str(path), "folder": str(folder)})
    return _build_rendering(drawn | _ask_for_extra("read_pdf_text", {"path": str(path)}))


def _render_text(path: Path, probe: Probe, folder: Path) -> Rendering:
    return _build_rendering(_ask_child("read_text", {"path": str(path)}))


def _render_recording(path: Path, probe: Probe, folder: Path) -> Rendering:
    source = {"path": str(path), "format": FFMPEG_NAMES.get(probe.format, probe.format)}
    shown = _ask_child("render_recording", source | {"folder": str(folder)})
    return _build_rendering(shown | (_ask_for_extra("measure_peaks", source) if probe.kind == Kind.AUDIO else {}))


def _ask_child(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return child.background.call(operation, arguments, seconds=RENDER_SECONDS)


def _ask_for_extra(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        return child.background.call(operation, arguments, seconds=EXTRA_SECONDS)
    except MediaFailed:
        return {}


def _build_rendering(made: dict[str, Any]) -> Rendering:
    thumbnails = [
        RenderedThumbnail(row["size"], Path(row["path"]), row["mime_type"], row["width"], row["height"])
        for row in made.pop("thumbnails", [])
    ]
    return Rendering(thumbnails, **made)


# Of containers that have two names.
FFMPEG_NAMES = {"quicktime": "mov", "webm": "matroska"}
RENDERERS: dict[Kind, Callable[[Path, Probe, Path], Rendering]] = {
    Kind.IMAGE: _render_image,
    Kind.PDF: _render_pdf,
    Kind.TEXT: _render_text,
    Kind.VIDEO: _render_recording,
    Kind.AUDIO: _render_recording,
}
