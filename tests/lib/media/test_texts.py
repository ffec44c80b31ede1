"""Text is text, whatever two letters it begins with, and is never drawn."""

from __future__ import annotations

import codecs

import pytest

from lib.media.kinds import Kind
from tests.lib.media.conftest import Render, Write, probe

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TEXTS = {
    "utf-8": "Grüße aus dem Hafen – Ahoi ⚓\n".encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + "Grüße\n".encode(),
    "utf-16": "Grüße\n".encode("utf-16"),
    "utf-16 without mark": "Grüße, Alice\n".encode("utf-16-le"),
    "big utf-16": codecs.BOM_UTF16_BE + "Grüße\n".encode("utf-16-be"),
    "latin-1": "Grüße aus Bremerhaven\n".encode("latin-1"),
    "cp1252": "He said “ahoy” and “Grüße”\n".encode("cp1252"),
    "old Mac": b"one\rtwo\r",
    "a log": b"\x1b[32mok\x1b[0m passed\n",
    "MZ": b"MZ, please call me back.\n",
    "BM": b"BM stands for bench mark.\n",
    "GIF": b"GIF89a is a format.\n",
    "ID3": b"ID3 tags are in MP3 files.\n",
    "OggS": b"OggS begins Ogg files.\n",
    "II*": b"II* is a nice ship.\n",
    "RIFF": b"RIFF means a lick on a guitar. AVI LIST WAVE\n",
    "PK": b"PK Subban scored.\n",
    "7z": b"7z is small.\n",
    "one letter": b"a",
}


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_a_note_is_text(write: Write, render: Render, content: bytes) -> None:
    path = write("note.txt", content)

    told, made = probe(path), render(path)

    assert (told.mime_type, told.kind) == ("text/plain", Kind.TEXT)
    assert made.first_lines == made.text != ""
    assert "\r" not in made.text and "\0" not in made.text and "\ufeff" not in made.text
    assert made.thumbnails == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "utf-16-be", "utf-32"])
def test_its_letters_are_read_right(write: Write, render: Render, encoding: str) -> None:
    assert render(write("a.txt", "Grüße, Käpt’n\n".replace("’", "'").encode(encoding))).text == "Grüße, Käpt'n\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Привет, это список судов в гавани: Чайка, Буревестник."),
        ("shift_jis", "港の船の一覧です。カモメ号、三番桟橋。"),
        ("gb18030", "港口船只清单：海鸥号，三号泊位，二〇二六年。" * 5),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy. " * 4),
        ("cp1252", "Schöne Grüße aus Bremerhaven, wo die Möwen über dem Käpt’n kreisen – für 5 €."),
        ("latin-1", "Año nuevo en el muelle: los niños comen piñas, ¿verdad? Sí, señor, todos los años."),
        ("latin-1", "Été comme hiver, les pêcheurs déjeunent près du môle, où ça sent le hareng fumé."),
        ("cp1253", "Κατάλογος πλοίων στο λιμάνι"),
    ],
)
def test_old_encodings_of_other_scripts_are_guessed(write: Write, render: Render, encoding: str, text: str) -> None:
    assert render(write("list.csv", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("name", "content", "mime_type"),
    [
        ("table.csv", b"name,berth\nGannet,3\n", "text/csv"),
        ("data.JSON", b'{"berth": 3}', "application/json"),
        ("read.me.md", b"# Ahoi\n", "text/markdown"),
        ("tide.py", b"print(1)\n", "text/plain"),
        ("picture.svg", SCRIPT, "image/svg+xml"),
        ("page.html", b"<html><script>alert(1)</script></html>", "text/html"),
        ("page.xhtml", b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "application/xhtml+xml"),
        ("feed.xml", b"<?xml version='1.0'?><a/>", "application/xml"),
        ("meeting.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar"),
        ("picture.png", SCRIPT, "text/plain"),
        ("photo.jpg", b"<html><script>alert(1)</script></html>", "text/plain"),
        ("film.mp4", b"no film", "text/plain"),
        (".htaccess", b"AddType text/html .png\n", "text/plain"),
    ],
)
def test_a_name_only_tells_kinds_of_text_apart(write: Write, name: str, content: bytes, mime_type: str) -> None:
    told = probe(write(name, content))

    assert (told.mime_type, told.kind, told.width) == (mime_type, Kind.TEXT, None)


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\2\1\1" + bytes(60),
        b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + bytes(50),
        b"SQLite format 3\0" + bytes(80),
        bytes(range(256)) * 4,
        bytes(128 + 37 * n * n % 127 for n in range(999)),
        b"\xff\xfe",
        b"\0",
        bytes(1000),
    ],
    ids=["program", "Windows program", "database", "all bytes", "high bytes", "mark alone", "zero", "zeros"],
)
def test_other_bytes_are_nothing_that_is_shown(write: Write, render: Render, content: bytes) -> None:
    told = probe(write("report.png", content))

    assert (told.mime_type, told.kind) in [("application/octet-stream", Kind.OTHER), ("text/plain", Kind.TEXT)]
    assert told.kind == Kind.OTHER or content == b"\xff\xfe"


def test_an_empty_file_is_an_empty_text(write: Write, render: Render) -> None:
    path = write("empty.png", b"")

    assert probe(path).mime_type == "text/plain"
    assert (render(path).text, render(path).thumbnails) == ("", [])


def test_of_long_texts_the_beginning_is_kept(write: Write, render: Render) -> None:
    made = render(write("long.log", "Ümläut\n".encode() * 100_000))

    assert 99_000 < len(made.text.encode()) <= 100 * 1024
    assert made.first_lines.count("\n") == 59 and len(made.first_lines.encode()) <= 4096


def test_what_a_database_would_refuse_is_left_out(write: Write, render: Render) -> None:
    text = render(write("odd.txt", codecs.BOM_UTF16_LE + "a\ud800b".encode("utf-16-le", "surrogatepass"))).text

    assert text in ("", "ab", "a\ufffdb")
