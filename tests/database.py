"""The whole database as it is, whatever the models say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection


def cells() -> Iterator[tuple[str, Any]]:
    """Every table's every column with whatever is in it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own names
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{column}", value) for column, value in zip(columns, row, strict=True))


def snapshot() -> Counter[tuple[str, str]]:
    """What to compare a later one with. When somebody was last here isn't part of it."""
    return Counter((place, repr(value)) for place, value in cells() if not place.endswith(".last_activity"))


def watch_rows() -> Callable[[], bool]:
    """Return what tells whether anything in the database differs from now, within the same transaction.

    All of it is read again only if a row was written since.
    """
    before, written = snapshot(), _count_writes()

    def has_changed() -> bool:
        nonlocal written
        now = _count_writes()
        if now == written:
            return False
        changed = snapshot() != before
        if not changed:
            written = now
        return changed

    return has_changed


def _count_writes() -> int:
    """How many rows were ever written here, as the database itself counts; what was rolled back counts, too."""
    counts = {
        "sqlite": "SELECT total_changes()",
        "postgresql": "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables",
    }
    with connection.cursor() as cursor:
        cursor.execute(counts[connection.vendor])
        return int(cursor.fetchone()[0])
