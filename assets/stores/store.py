"""Say what a place for files can do. Paths are those of rows: relative, with slashes, the same in each store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the store lists it: its path there, its bytes, and when it was put there."""

    path: str
    size: int
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class SentHeaders:
    """How a server that is not ours describes a file: by these headers, as long as the address is valid."""

    mime_type: str
    disposition: str
    seconds: int


class Store(Protocol):
    """A place for files. A file is there whole or not at all. Methods raise FileNotFoundError for a missing one."""

    def put_file(self, source: Path, path: str) -> None:
        """Put a file of this machine there, which may be gone then. Raise OSError where there is no room."""

    def open_file(self, path: str, *, start: int = 0, length: int | None = None) -> IO[bytes]:
        """Open a file from a byte on, for so many bytes; by default for all."""

    def lend_file(self, path: str) -> AbstractContextManager[Path]:
        """Lend a file as one of this machine, which is not to be changed."""

    def delete_file(self, path: str) -> None:
        """Delete a file. A missing one changes nothing."""

    def list_files(self, folder: str = "") -> Iterator[StoredFile]:
        """Yield all files of a folder, by default of all folders."""

    def has_file(self, path: str) -> bool:
        """Tell whether a file is there."""

    def sign_address(self, path: str, headers: SentHeaders) -> str:
        """Return an address by which a client reads a file itself, for some minutes; empty where there is none."""
