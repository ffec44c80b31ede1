"""Names of files from every corner."""

import pytest

from assets.storing.names import clean_file_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("tides.txt", "tides.txt"),
        ("Übersicht März.pdf", "Übersicht März.pdf"),
        ("U\u0308bersicht.pdf", "Übersicht.pdf"),
        ("报告.docx", "报告.docx"),
        ("דוח.pdf", "דוח.pdf"),
        ("🚤 boat.png", "🚤 boat.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\u2066b\u2069.txt", "ab.txt"),
        ("nul\0byte.txt", "nulbyte.txt"),
        ("bell\x07\x1b[31m.txt", "bell[31m.txt"),
        ("two\nlines\t.txt", "two lines .txt"),
        ("  spaces  .txt  ", "spaces .txt"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\bob\tides.txt", "tides.txt"),
        ("/", "file"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("\u200b", "file"),
        (".htaccess", ".htaccess"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("half \ud800 a character.txt", "half a character.txt"),
        ("R&amp;D <script>.html", "R&amp;D <script>.html"),
        ("x" * 300 + ".txt", "x" * 251 + ".txt"),
        ("x" * 10 + "." + "y" * 300, "x" * 10 + "." + "y" * 244),
    ],
)
def test_a_name_keeps_what_is_seen_of_it(given: str, kept: str) -> None:
    assert clean_file_name(given) == kept
    assert len(clean_file_name(given)) <= 255
