"""A storage of their own for the files that are imported, which no process has to look into."""

import pytest

from lib.media.probing import Probe
from tests.assets.conftest import storage

__all__ = ["storage"]


@pytest.fixture(autouse=True)
def probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are what they are said to be: `tests/assets` has what they are found to be."""
    monkeypatch.setattr("assets.storing.services.probe_file", lambda path, name: Probe("text/csv", "text", "utf-8"))
