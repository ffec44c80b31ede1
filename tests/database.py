"""The whole database as it is, whatever the models say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
