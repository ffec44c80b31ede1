"""Kinds of files, and how they follow from MIME types."""

from __future__ import annotations

from enum import StrEnum

UNKNOWN_TYPE = "application/octet-stream"


class Kind(StrEnum):
    """What a file is to its users. Lists are filtered by it, and icons chosen."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    TEXT = "text"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    OTHER = "other"


# Text that is drawn or run by what opens it. To us it is source, whatever its MIME type begins with.
MARKUP_TYPES = frozenset({"image/svg+xml", "application/xhtml+xml", "application/xml"})
OTHER_TEXT_TYPES = frozenset({"application/json", "application/x-ndjson", "application/toml", "application/yaml"})
ARCHIVE_TYPES = frozenset(
    {
        "application/zip", "application/x-7z-compressed", "application/vnd.rar", "application/x-tar",
        "application/gzip", "application/x-gtar", "application/x-bzip2", "application/x-xz", "application/zstd",
        "application/java-archive", "application/vnd.android.package-archive",
    }
)  # fmt: skip
DOCUMENT_TYPES = frozenset(
    {
        "application/rtf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.ms-outlook", "application/epub+zip", "application/x-ole-storage", "application/vnd.visio",
    }
)  # fmt: skip
DOCUMENT_FAMILIES = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/vnd.ms-word.",
    "application/vnd.ms-excel.",
    "application/vnd.ms-powerpoint.",
    "application/vnd.ms-visio.",
    "application/vnd.apple.",
)


def classify_mime_type(mime_type: str) -> Kind:
    """Return the kind of files of a MIME type that `probe_file` has told."""
    if mime_type in MARKUP_TYPES or mime_type in OTHER_TEXT_TYPES or mime_type.startswith("text/"):
        return Kind.TEXT
    if mime_type == "application/pdf":
        return Kind.PDF
    if mime_type in ARCHIVE_TYPES:
        return Kind.ARCHIVE
    if mime_type in DOCUMENT_TYPES or mime_type.startswith(DOCUMENT_FAMILIES):
        return Kind.DOCUMENT
    family = mime_type.partition("/")[0]
    return Kind(family) if family in ("image", "video", "audio") else Kind.OTHER
