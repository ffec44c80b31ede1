"""Tell the failures of what surrounds us from our own: a full disk, a database or a Redis that does not answer."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils.translation import gettext_lazy as _

from lib.web.errors import StorageFull

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
POSTGRESQL_FULL = "53100"
# With less than this left SQLite may fail without naming the disk.
MIN_FREE_BYTES = 1024 * 1024
# The disk of another machine, or a quota, shows by errors alone: for so long after the last one it counts as full.
RECENT_SECONDS = 10.0
S3_ERRORS = ("botocore.exceptions", "boto3.exceptions", "s3transfer.exceptions")

DATABASE_FULL = _("The disk that holds the database is full, so nothing was saved. Tell the administrator.")
FILES_FULL = _("The disk that holds files is full, so nothing was saved. Tell the administrator.")

DATABASE_AWAY = _("The database does not answer. Try again in a moment.")
STORAGE_AWAY = _("The storage of files does not answer. Try again in a moment.")

_last_full_at = -RECENT_SECONDS


def find_full_storage(error: BaseException | None) -> StorageFull | None:
    """Return the refusal that an error stands for, where it or one of its causes says that a disk is full."""
    global _last_full_at
    for cause in _iterate_causes(error):
        if found := _judge_cause(cause):
            _last_full_at = time.monotonic()
            return found
    return None


def is_storage_full() -> bool:
    """Tell whether a disk of ours is full, or the database has just said so of its own."""
    if time.monotonic() - _last_full_at < RECENT_SECONDS:
        return True
    return any(_count_free_bytes(folder) < MIN_FREE_BYTES for folder in _list_folders())


def is_outage(error: BaseException | None) -> bool:
    """Tell whether an error means that the database, Redis or the storage of files does not answer."""
    # By name, without importing them: that takes a part of the start, and many installations have neither.
    modules = [kind.__module__ for kind in type(error).__mro__]
    return isinstance(error, (OperationalError, InterfaceError)) or "redis.exceptions" in modules or _is_of_s3(error)


def describe_outage(error: BaseException) -> StrOrPromise:
    """Return what does not answer, in words."""
    return STORAGE_AWAY if _is_of_s3(error) else DATABASE_AWAY


def is_database_there() -> bool:
    """Tell whether the database answers, on a new connection if need be."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@contextmanager
def skip_when_full() -> Iterator[None]:
    """Leave out a write that a reader can do without, while the disk is full."""
    try:
        yield
    except OperationalError as error:
        if not find_full_storage(error):
            raise


def _judge_cause(error: BaseException) -> StorageFull | None:
    if isinstance(error, StorageFull):
        return error
    if isinstance(error, OSError) and error.errno in FULL_ERRNOS:
        return StorageFull(FILES_FULL)
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or getattr(error, "sqlstate", "") == POSTGRESQL_FULL:
        return StorageFull(DATABASE_FULL)
    if name.startswith("SQLITE_IOERR") and any(_count_free_bytes(each) < MIN_FREE_BYTES for each in _list_folders()):
        return StorageFull(DATABASE_FULL)
    return None


def _is_of_s3(error: BaseException | None) -> bool:
    """Tell whether an error is one of the client of an S3-compatible storage: not there, or not letting us in."""
    return any(kind.__module__ in S3_ERRORS for kind in type(error).__mro__)


def _iterate_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _list_folders() -> Iterator[Path]:
    """Yield the folders that we write to."""
    yield settings.DATA_DIR
    yield Path(settings.MEDIA_ROOT)
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        yield Path(database["NAME"]).parent


def _count_free_bytes(folder: Path) -> float:
    try:
        disk = os.statvfs(folder)
    except OSError:  # not there yet
        return float("inf")
    return disk.f_bavail * disk.f_frsize
