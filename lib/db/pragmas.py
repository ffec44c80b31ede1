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


@receiver(connection_created)
def set_pragmas(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Set WAL so that readers never wait, foreign keys, and bounds for memory and journal."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA synchronous = {settings.SQLITE_SYNCHRONOUS}")
        cursor.execute("PRAGMA busy_timeout = 5000")
        cursor.execute("PRAGMA cache_size = -8192")
        cursor.execute("PRAGMA temp_store = MEMORY")
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
