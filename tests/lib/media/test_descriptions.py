"""Endings of names, as they are read and drawn."""

import pytest

from lib.media.descriptions import describe_kind, draw_ending, read_ending


@pytest.mark.parametrize(
    ("name", "ending", "drawn"),
    [
        ("harbour.JPG", "jpg", "JPG"),
        ("data.tar.gz", "gz", "GZ"),
        ("page.xhtml", "xhtml", "XHTML"),
        ("model.safetensors", "safetensors", ""),
        (".env", "env", "ENV"),
        ("Makefile", "", ""),
        ("ends.", "", ""),
        ("letter from Dr. Möwe", "", ""),
        ("gnp.صورة", "", ""),
        ('x."><b>', "", ""),
        ("note.c++", "", ""),
    ],
)
def test_endings_say_something_or_nothing(name: str, ending: str, drawn: str) -> None:
    assert (read_ending(name), draw_ending(name)) == (ending, drawn)


def test_an_ending_tells_the_language_of_a_text() -> None:
    assert str(describe_kind("Tides.PY", "text/plain")) == "Python source"
    assert str(describe_kind("tides.möwe", "text/plain")) == "Text file"
