"""Copy all stored files from one store to another: those of users, pictures and emoji alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO

from assets.moving.journal import Journal
from assets.stores.folder import PART
from assets.stores.store import Store, StoredFile

# Most files are small: each waits for the network, not for the disk.
WORKERS = 4
AT_ONCE = 100
BLOCK = 1024 * 1024


class DamagedCopy(Exception):
    """File whose copy has other bytes than it has. The copy is deleted."""


def list_missing_files(source: Store, target: Store, journal: Journal) -> list[StoredFile]:
    """Return the files of a store that another has not, or was not seen to have whole."""
    sizes = {file.path: file.size for file in target.list_files()}
    return [
        file
        for file in source.list_files()
        if not file.path.endswith(PART) and not (file.path in journal.paths and sizes.get(file.path) == file.size)
    ]


def copy_files(
    source: Store, target: Store, files: list[StoredFile], journal: Journal, *, tell: Callable[[int], object]
) -> int:
    """Copy files, compare each by its SHA-256 with what can be read there then, and tell its bytes; return how many.

    A file that is there with these bytes is not sent again; one that is deleted meanwhile is left out. Raise
    DamagedCopy.
    """
    copied = 0
    with ThreadPoolExecutor(WORKERS) as pool, journal:
        for start in range(0, len(files), AT_ONCE):
            batch = files[start : start + AT_ONCE]
            for file, is_copied in zip(batch, pool.map(partial(_copy_file, source, target), batch), strict=True):
                copied += is_copied
                journal.add_path(file.path)
                tell(file.size)
    return copied


def _copy_file(source: Store, target: Store, file: StoredFile) -> bool:
    """Copy a file unless it is there. Tell whether it was copied."""
    try:
        with source.lend_file(file.path) as lent:
            with lent.open("rb") as opened:
                sha256 = _hash_bytes(opened)
            if target.has_file(file.path) and _hash_stored(target, file.path) == sha256:
                return False
            target.put_file(lent, file.path)
    except FileNotFoundError:
        return False
    if _hash_stored(target, file.path) != sha256:
        target.delete_file(file.path)
        raise DamagedCopy(file.path)
    return True


def _hash_stored(store: Store, path: str) -> str:
    with store.open_file(path) as file:
        return _hash_bytes(file)


def _hash_bytes(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
