"""One fault: what stands in a file, what is put in its place, and the tests that have to notice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in `file`. `original` occurs there once; `tests` are arguments of pytest."""

    promise: str
    file: str
    original: str
    faulty: str
    tests: tuple[str, ...]

    @property
    def is_static(self) -> bool:
        return self.file.startswith("static/")

    def put_into(self, root: Path) -> str:
        """Put the fault into a copy of the tree, and return what stood in the file."""
        path = root / self.file
        sound = path.read_text()
        assert sound.count(self.original) == 1, f"{self.file}: the snippet occurs {sound.count(self.original)} times"
        path.write_text(sound.replace(self.original, self.faulty))
        return sound
