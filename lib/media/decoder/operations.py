"""The operations that the child knows. Each imports what it needs when it is first asked: many a child needs little."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def probe_file(*, path: str, name: str) -> dict[str, Any]:
    """Return the fields of a `lib.media.probing.Probe`. Refuse pictures with too many pixels."""
    from lib.media.decoder.probing import probe_content

    return probe_content(Path(path), name)


def render_picture(*, path: str, format: str, folder: str) -> dict[str, Any]:
    """Write the thumbnails of a picture."""
    from lib.media.decoder.thumbnails import render_picture

    return render_picture(Path(path), format, Path(folder))


def render_pdf(*, path: str, folder: str) -> dict[str, Any]:
    """Write the thumbnails of a PDF's first page."""
    from lib.media.decoder.pdf import render_first_page

    return render_first_page(Path(path), Path(folder))


def read_pdf_text(*, path: str) -> dict[str, Any]:
    """Return the text of a PDF."""
    from lib.media.decoder.pdf import read_text

    return {"text": read_text(Path(path))}


def read_text(*, path: str) -> dict[str, Any]:
    """Return the text of a text file, and its first lines."""
    from lib.media.decoder.texts import read_text

    text, first_lines = read_text(Path(path))
    return {"text": text, "first_lines": first_lines}


def render_recording(*, path: str, format: str, folder: str) -> dict[str, Any]:
    """Write the thumbnails of a video's poster, or of the cover of a sound; return what its packets tell."""
    from lib.media.decoder.recordings import render_recording

    return render_recording(Path(path), format, Path(folder))


def measure_peaks(*, path: str, format: str) -> dict[str, Any]:
    """Return how loud a sound is, from part to part."""
    from lib.media.decoder.peaks import measure_peaks

    return {"peaks": measure_peaks(Path(path), format)}


def strip_metadata(*, path: str, output: str) -> dict[str, Any]:
    """Write a copy without what tells where and by what it was taken, or return what overwrites that."""
    from lib.media.decoder.stripping import strip_metadata

    return strip_metadata(Path(path), Path(output))


def crop_square(*, path: str, output: str, crop: list[int] | None) -> dict[str, Any]:
    """Write a square of a picture, as `lib.images.crop_square` gives it."""
    from lib.media.decoder.small_pictures import crop_square

    crop_square(Path(path), Path(output), crop)
    return {}


def fit_picture(*, path: str, output: str, side: int) -> dict[str, Any]:
    """Write a whole picture, scaled down; return its size."""
    from lib.media.decoder.small_pictures import fit_picture

    width, height = fit_picture(Path(path), Path(output), side)
    return {"width": width, "height": height}


def shrink_emoji(*, path: str, output: str) -> dict[str, Any]:
    """Write a picture at the size of an emoji; tell whether it is animated."""
    from lib.media.decoder.small_pictures import shrink_emoji

    return {"is_animated": shrink_emoji(Path(path), Path(output))}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        probe_file, render_picture, render_pdf, read_pdf_text, read_text, render_recording, measure_peaks,
        strip_metadata, crop_square, fit_picture, shrink_emoji,
    )
}  # fmt: skip
