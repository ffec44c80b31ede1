"""Documents and archives are told by what is inside of them."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile

import pytest

from lib.media.descriptions import describe_kind
from lib.media.kinds import Kind
from tests.lib.media.conftest import Render, Write, probe

OFFICE_OPEN = "application/vnd.openxmlformats-officedocument."
WORD = OFFICE_OPEN + "wordprocessingml.document"


def zip_of(*names: str, **contents: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
        for name in names:
            archive.writestr(name, "content")
    return written.getvalue()


def compound_file(*streams: str) -> bytes:
    """The least of a compound file that has a directory ([MS-CFB] 2.2, 2.6.1)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<II", 1, 1) + bytes(24) + struct.pack("<I", 0)
    table = struct.pack("<II", 0xFFFFFFFD, 2) + struct.pack("<I", 0xFFFFFFFE)
    names = ["Root Entry", "padding", "padding", "padding", *streams]
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in names)
    return head.ljust(512, b"\xff") + table.ljust(512, b"\xff") + entries.ljust(1024, b"\0")


def tar_gz() -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return written.getvalue()


def tar() -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return written.getvalue()


CASES = [
    ("a.docx", zip_of("[Content_Types].xml", "word/document.xml"), WORD),
    ("b.docx", zip_of("word/document.xml", "docProps/a.xml", "[Content_Types].xml"), WORD),
    ("a.xlsx", zip_of("[Content_Types].xml", "xl/workbook.xml"), OFFICE_OPEN + "spreadsheetml.sheet"),
    ("a.pptx", zip_of("[Content_Types].xml", "ppt/presentation.xml"), OFFICE_OPEN + "presentationml.presentation"),
    (
        "a.docm",
        zip_of("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "application/vnd.ms-word.document.macroEnabled.12",
    ),
    ("a.odt", zip_of(mimetype="application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
    ("a.epub", zip_of(mimetype="application/epub+zip"), "application/epub+zip"),
    ("a.pages", zip_of("Index/Document.iwa"), "application/vnd.apple.pages"),
    ("a.rtf", b"{\\rtf1\\ansi Ahoi}", "application/rtf"),
    ("a.doc", compound_file("WordDocument"), "application/msword"),
    ("a.xls", compound_file("Workbook"), "application/vnd.ms-excel"),
    ("a.ppt", compound_file("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    ("a.msg", compound_file("__properties_version1.0"), "application/vnd.ms-outlook"),
    ("a.docx", compound_file("EncryptedPackage"), "application/x-ole-storage"),
]  # fmt: skip
ARCHIVES = [
    ("a.zip", zip_of("word/document.xml"), "application/zip"),
    ("liar.zip", zip_of(mimetype="text/html"), "application/zip"),
    ("a.jar", zip_of("META-INF/MANIFEST.MF"), "application/java-archive"),
    ("a.apk", zip_of("META-INF/MANIFEST.MF", "AndroidManifest.xml"), "application/vnd.android.package-archive"),
    ("broken.zip", b"PK\3\4" + bytes(50), "application/zip"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40), "application/x-7z-compressed"),
    ("a.rar", b"Rar!\x1a\x07\1\0" + bytes(40), "application/vnd.rar"),
    ("a.tar.gz", tar_gz(), "application/x-gtar"),
    ("a.tar", tar(), "application/x-tar"),
    ("a.log.gz", gzip.compress(b"a log"), "application/gzip"),
    ("broken.gz", b"\x1f\x8b\x08" + bytes(40), "application/gzip"),
    ("a.xz", b"\xfd7zXZ\0" + bytes(40), "application/x-xz"),
    ("a.bz2", b"BZh91AY&SY" + bytes(40), "application/x-bzip2"),
]


@pytest.mark.parametrize(("name", "content", "mime_type"), CASES)
def test_documents_of_offices_are_documents(
    write: Write, render: Render, name: str, content: bytes, mime_type: str
) -> None:
    path = write(name, content)

    assert (probe(path).mime_type, probe(path).kind) == (mime_type, Kind.DOCUMENT)
    assert render(path).thumbnails == []


@pytest.mark.parametrize(("name", "content", "mime_type"), ARCHIVES)
def test_archives_are_archives(write: Write, name: str, content: bytes, mime_type: str) -> None:
    assert (probe(write(name, content)).mime_type, probe(write(name, content)).kind) == (mime_type, Kind.ARCHIVE)


def test_a_zip_of_very_many_files_is_told_too(write: Write) -> None:
    names = [f"{number}.txt" for number in range(20_000)]

    assert probe(write("many.zip", zip_of(*names))).mime_type == "application/zip"


@pytest.mark.parametrize(
    ("name", "mime_type", "words"),
    [
        ("a.docx", WORD, "Word document"),
        ("a.docx", "application/x-ole-storage", "Word document with a password"),
        ("a.xls", "application/vnd.ms-excel", "Excel spreadsheet"),
        ("a.zip", "application/zip", "ZIP archive"),
        ("tide.py", "text/plain", "Python source"),
        ("index.html", "text/html", "HTML source"),
        ("notes", "text/plain", "Text file"),
        ("notes.txt", "text/plain", "Text file"),
        ("py", "text/plain", "Text file"),
        ("table.csv", "text/csv", "CSV table"),
        ("setup.exe", "application/octet-stream", "Windows program"),
        ("photo.exe", "image/jpeg", "JPEG picture"),
        ("photo.jpg", "application/octet-stream", "File"),
        ("a.ts", "video/mp2t", "Video"),
        ("harbour.nef", "image/tiff", "Raw photo"),
        ("harbour.cr3", "application/octet-stream", "Raw photo"),
        ("harbour.xcf", "application/octet-stream", "Picture"),
        ("harbour.j2k", "application/octet-stream", "JPEG 2000 picture"),
        ("logo.emf", "application/octet-stream", "Drawing"),
        ("tune.mid", "application/octet-stream", "Audio"),
        ("tide.txt.lz4", "application/octet-stream", "Compressed file"),
        ("", "", "File"),
    ],
)
def test_kinds_are_said_in_words(name: str, mime_type: str, words: str) -> None:
    assert str(describe_kind(name, mime_type)) == words
