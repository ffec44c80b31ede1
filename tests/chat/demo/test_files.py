"""The files of the sample are real ones."""

from pathlib import Path

import pytest

from chat.demo.files import TEXTS, WRITERS, write_file
from lib.media.probing import probe_file
from lib.media.rendering import render_file


@pytest.mark.parametrize("name", [*WRITERS, *(path.name for path in TEXTS.iterdir())])
def test_each_file_shows_something(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    write_file(name, path)

    rendering = render_file(path, probe_file(path, name=name), name=name, folder=tmp_path)

    assert rendering.thumbnails or rendering.peaks or rendering.first_lines
