"""Tell what is inside of archives: many a document is one."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

OFFICE_OPEN = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# The type of an Office document by the folder of its main part: without, and with macros.
OFFICE_FOLDERS = {
    "word/": (OFFICE_OPEN + "wordprocessingml.document", "application/vnd.ms-word.document.macroEnabled.12"),
    "xl/": (OFFICE_OPEN + "spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroEnabled.12"),
    "ppt/": (OFFICE_OPEN + "presentationml.presentation", "application/vnd.ms-powerpoint.presentation.macroEnabled.12"),
    "visio/": ("application/vnd.ms-visio.drawing", "application/vnd.ms-visio.drawing.macroEnabled.12"),
}
# What an entry named `mimetype` may say. Its words are the file's own: no other is believed.
DECLARED = {
    "application/epub+zip",
    *(OPEN_DOCUMENT + name for name in ("text", "spreadsheet", "presentation", "graphics", "formula", "chart")),
    *(OPEN_DOCUMENT + name + "-template" for name in ("text", "spreadsheet", "presentation", "graphics")),
}
IWORK = {
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
    "key": "application/vnd.apple.keynote",
}
# Names of streams in the files of old Office and Outlook. Office with a password has others, which tell no type.
COMPOUND_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "__properties_version1.0": "application/vnd.ms-outlook",
    "VisioDocument": "application/vnd.visio",
}
MAX_SECTORS = 256
ENTRY_BYTES = 128


def detect_zip(path: Path, name: str) -> str:
    """Return the MIME type of a ZIP by its entries. A broken one is a ZIP."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            declared = _read_declared_type(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, zlib.error, RuntimeError, UnicodeError):
        return "application/zip"
    if declared in DECLARED:
        return declared
    if "[Content_Types].xml" in names:
        for folder, (plain, with_macros) in OFFICE_FOLDERS.items():
            if any(entry.startswith(folder) for entry in names):
                return with_macros if folder + "vbaProject.bin" in names else plain
    if any(entry in names for entry in ("Index/Document.iwa", "Index.zip")):
        return IWORK.get(name.rpartition(".")[2].lower(), "application/zip")
    if "AndroidManifest.xml" in names:
        return "application/vnd.android.package-archive"
    return "application/java-archive" if "META-INF/MANIFEST.MF" in names else "application/zip"


def detect_gzip(path: Path) -> str:
    """Return the MIME type of a gzip file: that of a compressed tar, or of any other file."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    try:
        inside = zlib.decompressobj(wbits=31).decompress(head, 512)
    except zlib.error:
        inside = b""
    return "application/x-gtar" if inside[257:262] == b"ustar" else "application/gzip"


def detect_compound_file(path: Path) -> str:
    """Return the MIME type of a compound file by the names in its directory ([MS-CFB])."""
    try:
        names = _read_directory(path)
    except (OSError, ValueError, IndexError):
        names = set()
    return next((kind for name, kind in COMPOUND_STREAMS.items() if name in names), "application/x-ole-storage")


def _read_declared_type(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as entry:
        return entry.read(100).decode("ascii", "replace").strip()


def _read_directory(path: Path) -> set[str]:
    with path.open("rb") as file:
        head = file.read(512)
        size = 1 << min(int.from_bytes(head[30:32], "little"), 16)
        tables = [int.from_bytes(head[at : at + 4], "little") for at in range(76, 512, 4)]
        sector = int.from_bytes(head[48:52], "little")
        names: set[str] = set()
        for _ in range(MAX_SECTORS):
            file.seek((sector + 1) * size)
            data = file.read(size)
            names.update(_read_names(data))
            # The table of the next sectors is itself cut into sectors.
            table, place = divmod(sector, size // 4)
            file.seek((tables[table] + 1) * size + place * 4)
            sector = int.from_bytes(file.read(4), "little")
            if not data or sector >= 0xFFFFFFFA:
                break
    return names


def _read_names(sector: bytes) -> set[str]:
    entries = (sector[at : at + ENTRY_BYTES] for at in range(0, len(sector), ENTRY_BYTES))
    return {entry[:64].decode("utf-16-le", "replace").partition("\0")[0] for entry in entries}
