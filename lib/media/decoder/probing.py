"""Tell what a file is by its bytes: its decoder has the last word on what its signature says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lib.media.decoder import archives, signatures, texts
from lib.media.decoder.refusals import Refusal
from lib.media.decoder.text_types import name_text_type
from lib.media.kinds import UNKNOWN_TYPE

PICTURE_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "HEIF": "image/heic",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "ICO": "image/x-icon",
}
ZIP, GZIP, COMPOUND = "application/zip", "application/gzip", "application/x-ole-storage"
# Some programs write other bytes before it; readers look that far.
MAX_PDF_OFFSET = 1024


def probe_content(path: Path, name: str) -> dict[str, Any]:
    """Return the fields of a `lib.media.probing.Probe`. The name serves only to tell kinds of text from each other."""
    with path.open("rb") as file:
        head = file.read(texts.SAMPLE_BYTES)
    return (
        _probe_picture(path, head)
        or _probe_recording(path, head)
        or _probe_other(path, head, name)
        or _probe_text(head, name)
        or ({"mime_type": "application/pdf", "format": "pdf"} if b"%PDF-" in head[:MAX_PDF_OFFSET] else None)
        or {"mime_type": UNKNOWN_TYPE, "format": ""}
    )


def _probe_picture(path: Path, head: bytes) -> dict[str, Any] | None:
    format = signatures.detect_picture(head)
    if format is None:
        return None
    from lib.media.decoder import pictures

    try:
        with pictures.open_picture(path, format) as image:
            width, height = pictures.read_upright_size(image)
            count = getattr(image, "n_frames", 1)
            is_film = format in pictures.ANIMATED_FORMATS and count > 1
            return {
                "mime_type": PICTURE_TYPES[format],
                "format": format.lower(),
                "width": width,
                "height": height,
                "frames": count if is_film else None,
                "pages": count if format == "TIFF" and count > 1 else None,
            }
    except (Refusal, MemoryError):
        raise
    except Exception:  # no picture after all: what decoders raise for other bytes is anything
        return None


def _probe_recording(path: Path, head: bytes) -> dict[str, Any] | None:
    format = signatures.detect_recording(head)
    if format is None:
        return None
    from lib.media.decoder import recordings

    return recordings.probe_recording(path, format, head)


def _probe_other(path: Path, head: bytes, name: str) -> dict[str, Any] | None:
    mime_type = signatures.detect_other(head)
    if mime_type is None:
        return None
    if mime_type == "application/pdf":
        from lib.media.decoder import pdf

        return {"mime_type": mime_type, "format": "pdf"} | pdf.probe_pdf(path)
    if mime_type == ZIP:
        mime_type = archives.detect_zip(path, name)
    elif mime_type == GZIP:
        mime_type = archives.detect_gzip(path)
    elif mime_type == COMPOUND:
        mime_type = archives.detect_compound_file(path)
    return {"mime_type": mime_type, "format": mime_type.rpartition("/")[2]}


def _probe_text(head: bytes, name: str) -> dict[str, Any] | None:
    encoding = texts.detect_encoding(head)
    return {"mime_type": name_text_type(name), "format": encoding} if encoding else None
