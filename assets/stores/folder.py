"""Keep files in a folder of this machine.

A file appears under its name whole and on the disk, or not at all: it is written elsewhere, synced and renamed.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from assets.stores.store import SentHeaders, StoredFile

# A file that is still being written, on another disk than that of uploads.
PART = ".part"
FILE_MODE = 0o644


class FolderStore:
    """Files below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put_file(self, source: Path, path: str) -> None:
        """Move a file there. When this returns, the bytes are on the disk."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync_file(source)
        try:
            os.replace(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy_file(source, target)
        _sync_folders(target.parent)

    def open_file(self, path: str, *, start: int = 0, length: int | None = None) -> IO[bytes]:
        """Open a file from a byte on. Who reads it stops after `length` bytes."""
        file = (self.root / path).open("rb")
        file.seek(start)
        return file

    @contextmanager
    def lend_file(self, path: str) -> Iterator[Path]:
        """Lend the file itself."""
        file = self.root / path
        if not file.exists():
            raise FileNotFoundError(path)
        yield file

    def delete_file(self, path: str) -> None:
        """Delete a file. A missing one changes nothing."""
        (self.root / path).unlink(missing_ok=True)

    def list_files(self, folder: str = "") -> Iterator[StoredFile]:
        """Yield all files of a folder."""
        for directory, _, names in os.walk(self.root / folder):
            for name in names:
                file = Path(directory, name)
                try:
                    found = file.stat()
                except FileNotFoundError:  # deleted meanwhile
                    continue
                stored_at = datetime.fromtimestamp(found.st_mtime, UTC)
                yield StoredFile(file.relative_to(self.root).as_posix(), found.st_size, stored_at)

    def has_file(self, path: str) -> bool:
        """Tell whether a file is there."""
        return (self.root / path).exists()

    def sign_address(self, path: str, headers: SentHeaders) -> str:
        """Return nothing: we send files ourselves."""
        return ""


def _sync_file(file: Path) -> None:
    """Write a file to the disk; its time is now, so that clean-up leaves it alone until its row is written."""
    os.utime(file)
    os.chmod(file, FILE_MODE)
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _sync_folders(folder: Path) -> None:
    """Write to the disk that a folder has a new file, and that the folder itself is there."""
    for each in (folder, folder.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _copy_file(source: Path, target: Path) -> None:
    part = target.with_name(target.name + PART)
    try:
        shutil.copyfile(source, part)
        _sync_file(part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    source.unlink()
