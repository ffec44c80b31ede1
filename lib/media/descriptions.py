"""Say in words what a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lib.media.kinds import Kind, classify_mime_type
from lib.media.languages import LANGUAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Letters of an ending that fit on a drawn sheet.
MAX_DRAWN = 5
OFFICE_OPEN = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
WORD, EXCEL, POWERPOINT = _("Word document"), _("Excel spreadsheet"), _("PowerPoint presentation")
BY_TYPE: dict[str, StrOrPromise] = {
    "image/png": _("PNG picture"),
    "image/jpeg": _("JPEG picture"),
    "image/gif": _("GIF picture"),
    "image/webp": _("WebP picture"),
    "image/avif": _("AVIF picture"),
    "image/heic": _("HEIC photo"),
    "image/tiff": _("TIFF picture"),
    "image/bmp": _("BMP picture"),
    "image/x-icon": _("Icon"),
    "image/svg+xml": _("SVG drawing"),
    "video/mp4": _("MP4 video"),
    "video/quicktime": _("QuickTime video"),
    "video/webm": _("WebM video"),
    "video/x-matroska": _("Matroska video"),
    "video/x-msvideo": _("AVI video"),
    "video/x-ms-wmv": _("Windows Media video"),
    "audio/mpeg": _("MP3 audio"),
    "audio/mp4": _("M4A audio"),
    "audio/aac": _("AAC audio"),
    "audio/wav": _("WAV audio"),
    "audio/flac": _("FLAC audio"),
    "audio/ogg": _("Ogg audio"),
    "audio/webm": _("WebM audio"),
    "application/pdf": _("PDF document"),
    "application/rtf": _("RTF document"),
    "application/epub+zip": _("E-book"),
    "application/msword": WORD,
    "application/vnd.ms-excel": EXCEL,
    "application/vnd.ms-powerpoint": POWERPOINT,
    "application/vnd.ms-outlook": _("Outlook message"),
    "application/vnd.visio": _("Visio drawing"),
    OFFICE_OPEN + "wordprocessingml.document": WORD,
    OFFICE_OPEN + "spreadsheetml.sheet": EXCEL,
    OFFICE_OPEN + "presentationml.presentation": POWERPOINT,
    "application/vnd.ms-word.document.macroEnabled.12": _("Word document with macros"),
    "application/vnd.ms-excel.sheet.macroEnabled.12": _("Excel spreadsheet with macros"),
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12": _("PowerPoint presentation with macros"),
    "application/vnd.ms-visio.drawing": _("Visio drawing"),
    OPEN_DOCUMENT + "text": _("Text document"),
    OPEN_DOCUMENT + "spreadsheet": _("Spreadsheet"),
    OPEN_DOCUMENT + "presentation": _("Presentation"),
    OPEN_DOCUMENT + "graphics": _("Drawing"),
    "application/vnd.apple.pages": _("Pages document"),
    "application/vnd.apple.numbers": _("Numbers spreadsheet"),
    "application/vnd.apple.keynote": _("Keynote presentation"),
    "application/zip": _("ZIP archive"),
    "application/x-7z-compressed": _("7z archive"),
    "application/vnd.rar": _("RAR archive"),
    "application/x-tar": _("Tar archive"),
    "application/x-gtar": _("Tar archive"),
    "application/gzip": _("Compressed file"),
    "application/x-bzip2": _("Compressed file"),
    "application/x-xz": _("Compressed file"),
    "application/zstd": _("Compressed file"),
    "application/java-archive": _("Java archive"),
    "application/vnd.android.package-archive": _("Android app"),
    "text/csv": _("CSV table"),
    "text/tab-separated-values": _("Table"),
    "text/calendar": _("Calendar"),
    "text/vcard": _("Contact card"),
}
# Those of cameras are often a TIFF of their own kind.
RAW_PHOTOS = ("dng", "nef", "cr2", "cr3", "arw", "orf", "raf", "rw2", "pef")
# Of bytes that tell nothing, the name may: it is said, and nothing is done by it.
BY_ENDING: dict[str, StrOrPromise] = {
    "exe": _("Windows program"),
    "msi": _("Windows program"),
    "dmg": _("Disk image"),
    "iso": _("Disk image"),
    "sqlite": _("Database"),
    "db": _("Database"),
    "ttf": _("Font"),
    "otf": _("Font"),
    "woff": _("Font"),
    "woff2": _("Font"),
    "psd": _("Photoshop picture"),
    "parquet": _("Table"),
    "jxl": _("JPEG XL picture"),
    **dict.fromkeys(("jp2", "j2k", "jpf", "jpx"), _("JPEG 2000 picture")),
    **dict.fromkeys(("cur", "dds", "dib", "icns", "pcx", "pgm", "ppm", "sgi", "tga", "xcf"), _("Picture")),
    **dict.fromkeys(("emf", "eps", "wmf"), _("Drawing")),
    **dict.fromkeys(("ac3", "ape", "dff", "dsf", "eac3", "mid", "midi", "mpc", "wv"), _("Audio")),
    **dict.fromkeys(("img", "qcow2", "vdi", "vmdk"), _("Disk image")),
    **dict.fromkeys(("br", "lz4", "lzma", "z"), _("Compressed file")),
    **dict.fromkeys(RAW_PHOTOS, _("Raw photo")),
}
# An Office document with a password is a box that tells nothing of what is inside.
LOCKED_OFFICE: dict[str, StrOrPromise] = {
    "docx": _("Word document with a password"),
    "xlsx": _("Excel spreadsheet with a password"),
    "pptx": _("PowerPoint presentation with a password"),
}
BY_KIND: dict[Kind, StrOrPromise] = {
    Kind.IMAGE: _("Picture"),
    Kind.VIDEO: _("Video"),
    Kind.AUDIO: _("Audio"),
    Kind.PDF: _("PDF document"),
    Kind.TEXT: _("Text file"),
    Kind.DOCUMENT: _("Document"),
    Kind.ARCHIVE: _("Archive of files"),
    Kind.OTHER: _("File"),
}


def describe_kind(name: str, mime_type: str) -> StrOrPromise:
    """Return in words what a file is, from the MIME type that `probe_file` told; of source code its language."""
    ending = read_ending(name)
    kind = classify_mime_type(mime_type)
    if mime_type == "image/tiff" and ending in RAW_PHOTOS:
        return BY_ENDING[ending]
    if mime_type in BY_TYPE:
        return BY_TYPE[mime_type]
    if kind == Kind.TEXT and ending in LANGUAGES:
        return format_lazy(_("{language} source"), language=LANGUAGES[ending])
    if mime_type == "application/x-ole-storage" and ending in LOCKED_OFFICE:
        return LOCKED_OFFICE[ending]
    if kind == Kind.OTHER and ending in BY_ENDING:
        return BY_ENDING[ending]
    return BY_KIND[kind]


def read_ending(name: str) -> str:
    """Return the ending of a name in lower case, where it is one of Latin letters and digits, else nothing."""
    _stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and ending.isascii() and ending.isalnum() else ""


def draw_ending(name: str) -> str:
    """Return the ending of a name in capitals, where it is short enough to be drawn, else nothing."""
    ending = read_ending(name)
    return ending.upper() if len(ending) <= MAX_DRAWN else ""
