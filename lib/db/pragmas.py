"""Configure every new SQLite connection, and check the library that is behind it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

# The bug that could corrupt a database when its WAL was reset was fixed in this release.
FIXED_SQLITE = (3, 51, 3)
MEGABYTE = 1024 * 1024
# Pages of 4 KB.
JOURNAL_PAGES = 8000


@receiver(connection_created)
def set_pragmas(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Set the journal, foreign keys, and bounds for memory and journal.

    How long a writer waits for another is the `timeout` of the settings.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # Readers wait for no writer.
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # NORMAL syncs at checkpoints only: a power failure may take the last commits, but never breaks the database.
        cursor.execute(f"PRAGMA synchronous = {settings.SQLITE_SYNCHRONOUS}")
        # A thread of the server writes the journal back (`lib.db.checkpoints`); beyond 32 MB each commit does.
        cursor.execute(f"PRAGMA wal_autocheckpoint = {JOURNAL_PAGES}")
        # 8 MB of pages for each connection, where SQLite's default is 2 MB.
        cursor.execute("PRAGMA cache_size = -8192")
        # Sorting and grouping need no temporary files.
        cursor.execute("PRAGMA temp_store = MEMORY")
        # One large transaction leaves no large file behind: the journal is cut to this once it was written back.
        cursor.execute(f"PRAGMA journal_size_limit = {64 * MEGABYTE}")


@register("database")
def check_sqlite_library(**_: Any) -> list[CheckMessage]:
    """Return an error for a library that can corrupt the database; with DEBUG, a warning."""
    from sqlite3 import sqlite_version, sqlite_version_info

    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3" or sqlite_version_info >= FIXED_SQLITE:
        return []
    hint = "Install pysqlite3 (part of requirements.txt on Linux x86-64) or a system SQLite of 3.51.3 or newer."
    message = f"SQLite {sqlite_version} can corrupt a database in WAL mode."
    if settings.DEBUG:
        return [Warning(message, hint=hint, id="config.W001")]
    return [Error(message, hint=hint, id="config.E001")]
