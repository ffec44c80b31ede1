"""Tell by one cheap question whether anything at all was written since."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import count
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_numbers = count()


@receiver(connection_created)
def number_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new connection a number: the stamps of SQLite mean something only within one."""
    connection.stamp_number = next(_numbers)  # type: ignore[attr-defined]


def read_stamp() -> tuple[int, Hashable] | None:
    """Return the number of this thread's connection, and a value that stays the same until it would see anything new.

    Return None inside a transaction, where that can't be known. Measured on SQLite: 0.01 ms, as part of a page that
    asks six queries otherwise.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return _read_sqlite_stamp()
    with connection.cursor() as cursor:
        # Names the transactions whose writes are seen: those before the first number, and between both all but these.
        cursor.execute("SELECT pg_current_snapshot()::text")
        return 0, cursor.fetchone()[0]


def _read_sqlite_stamp() -> tuple[int, Hashable]:
    """Return what changes with commits of other connections, and what changes with writes of this one."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        ((version,),) = connection.connection.execute("PRAGMA data_version").fetchall()
    number: int = connection.stamp_number  # type: ignore[attr-defined]
    return number, (version, connection.connection.total_changes)
