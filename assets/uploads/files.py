"""Keep the bytes of an upload in a file of its own below UPLOAD_ROOT, whose size is how many have arrived."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from assets.storage import get_upload_folder
from assets.uploads.errors import UploadRefused

# After so many bytes a file is written to the disk, so that no commit of the database waits for more of them.
SYNCED = 8 * 1024 * 1024
# Beside a file: how many of its bytes are certain, while some arrive that a checksum has yet to prove.
CERTAIN = ".certain"
# Another name of a file while it is stored.
STORING = ".storing"


def get_path(upload_id: UUID) -> Path:
    """Return where the bytes of an upload are."""
    return get_upload_folder() / str(upload_id)


def read_size(upload_id: UUID) -> int:
    """Return how many bytes of an upload have arrived for certain."""
    path = get_path(upload_id)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return 0
    certain = _read_certain(path)
    return size if certain is None else min(size, certain)


class UploadFile:
    """The file of an upload, held by one writer of all processes. A lock ends with the process that has it."""

    def __init__(self, upload_id: UUID) -> None:
        """Open a file. Raise UploadRefused where another request holds it."""
        self.path = get_path(upload_id)
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise UploadRefused(423, "upload_locked") from error
        if (certain := _read_certain(self.path)) is not None:  # of a process that was killed
            self._truncate_file(certain)
        self.size = self.begin = os.lseek(self._descriptor, 0, os.SEEK_END)

    def expect_checksum(self) -> None:
        """Have what is appended from now on forgotten, unless `accept` is called."""
        Path(f"{self.path}{CERTAIN}").write_text(str(self.size))

    def accept(self) -> None:
        """Keep what was appended: its checksum is right."""
        Path(f"{self.path}{CERTAIN}").unlink(missing_ok=True)

    def append(self, parts: Sequence[bytes]) -> None:
        """Write bytes to the end. Raise OSError where the disk is full: what did fit stays."""
        before = self.size
        for part in parts:
            rest = memoryview(part)
            while rest:
                written = os.write(self._descriptor, rest)
                self.size += written
                rest = rest[written:]
        if self.size // SYNCED != before // SYNCED:
            os.fdatasync(self._descriptor)

    def drop(self) -> None:
        """Forget what was appended."""
        self._truncate_file(self.begin)

    def close(self) -> None:
        """Write what has arrived to the disk, and let others write. What no checksum has proved is gone."""
        try:
            if (certain := _read_certain(self.path)) is not None:
                self._truncate_file(certain)
            elif self.size > self.begin:
                os.fsync(self._descriptor)
        finally:
            os.close(self._descriptor)

    def _truncate_file(self, size: int) -> None:
        if os.fstat(self._descriptor).st_size > size:
            os.ftruncate(self._descriptor, size)
        os.lseek(self._descriptor, 0, os.SEEK_END)
        self.size = size
        Path(f"{self.path}{CERTAIN}").unlink(missing_ok=True)


def _read_certain(path: Path) -> int | None:
    try:
        return int(Path(f"{path}{CERTAIN}").read_text() or 0)
    except FileNotFoundError:
        return None
