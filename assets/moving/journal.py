"""Keep which files have been copied to another store and compared there, so that a killed run goes on."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Self

from django.conf import settings


class Journal:
    """Paths of the files that a store was seen to have, one a line in a file of the data folder.

    A line that a kill has cut names no file: that one is compared again.
    """

    def __init__(self, store_name: str) -> None:
        digest = hashlib.sha256(store_name.encode()).hexdigest()[:16]
        self.file = Path(settings.DATA_DIR) / f"moved_files.{digest}"
        self.paths = set(self.file.read_text().splitlines()) if self.file.exists() else set()

    def __enter__(self) -> Self:
        self._opened = self.file.open("a")
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def add_path(self, path: str) -> None:
        """Add a path. It begins with the end of the line before, which may be cut."""
        self._opened.write(f"\n{path}")
        self._opened.flush()
