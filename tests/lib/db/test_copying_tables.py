"""SQLite copies a table that a migration makes anew in pieces, and loses nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from lib.db import migrations
from lib.db.migrations import COPY, copy_tables_in_pieces

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL changes tables in place."),
]
COPYING = """INSERT INTO "new__piece" ("id", "word") SELECT "id", "word" FROM "piece\""""


@pytest.mark.parametrize("number", [0, 1, 4, 5])
def test_every_row_is_copied_once(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "COPIED_AT_ONCE", 2)
    rows = [(f"{n:02}", "100%") for n in range(number)]
    copies: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        copies.extend([sql] if sql.startswith(COPY) else [])
        return execute(sql, *arguments)

    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("piece", "new__piece"):
            cursor.execute(f'CREATE TABLE "{table}" ("id" char(2) PRIMARY KEY, "word" text NOT NULL)')
        cursor.executemany('INSERT INTO "piece" (rowid, "id", "word") VALUES (%s, %s, %s)', gapped(rows))

        with copy_tables_in_pieces(), connection.execute_wrapper(count):
            cursor.execute(COPYING, ())

        cursor.execute('SELECT "id", "word" FROM "new__piece" ORDER BY "id"')
        assert cursor.fetchall() == rows
        assert len(copies) == -(-number // 2)
        transaction.set_rollback(True)


def gapped(rows: list[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """Rows were deleted before and in between."""
    return [(10 + 7 * n, *row) for n, row in enumerate(rows)]
