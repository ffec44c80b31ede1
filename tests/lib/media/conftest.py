from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.media.probing import Probe, probe_file
from lib.media.rendering import Rendering, render_file

Write = Callable[[str, bytes], Path]
Render = Callable[[Path], Rendering]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file."""

    def write_file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write_file


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """Probe and render a file."""

    def render_path(path: Path) -> Rendering:
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        return render_file(path, probe(path), name=path.name, folder=folder)

    return render_path


def probe(path: Path) -> Probe:
    return probe_file(path, name=path.name)
