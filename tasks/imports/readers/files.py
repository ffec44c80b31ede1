"""Read files and archives, never more of them than is allowed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tasks.imports.errors import FileTooLong, WrongFile
from tasks.imports.source import MAX_BYTES, MAX_UNPACKED

MAX_MEMBERS = 20_000


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raise FileTooLong."""
    if path.stat().st_size > MAX_BYTES:
        raise FileTooLong(of_bytes=True)
    return path.read_bytes()


def is_archive(path: Path) -> bool:
    """Tell whether a file is a zip file."""
    return zipfile.is_zipfile(path)


def list_members(path: Path) -> list[str]:
    """Return the names of the files in an archive. Raise what `read_members` does."""
    with _open_archive(path) as archive:
        return archive.namelist()


def read_members(path: Path, *, suffix: str) -> dict[str, bytes]:
    """Return the files of an archive whose names end so. Raise WrongFile for a broken one, FileTooLong for a bomb."""
    with _open_archive(path) as archive:
        read: dict[str, bytes] = {}
        for member in archive.infolist():
            if member.filename.lower().endswith(suffix) and not member.is_dir():
                read[member.filename] = _read_member(archive, member, MAX_UNPACKED - sum(map(len, read.values())))
        return read


@contextmanager
def _open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise FileTooLong(of_bytes=True)
            yield archive
    # RuntimeError: a password is asked for. NotImplementedError is one, too.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise WrongFile(_("This zip file is broken, or has a password.")) from error


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    """Return the bytes of a member, whatever size it says it has."""
    with archive.open(member) as file:
        data = file.read(room + 1)
    if len(data) > room:
        raise FileTooLong(of_bytes=True)
    return data
