"""Compare the migrations of the code with those of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

# Stands beside the migrations in their table once all that follows them is done too.
COMPLETION = "post_migrate"
# Of PostgreSQL's advisory locks: the number has no meaning but that nothing else of ours takes it.
LOCK = 0x617472
# How Django's schema editor fills the table that takes the place of another.
COPY = 'INSERT INTO "new__'
COPIED_AT_ONCE = 2_000


def list_pending_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of the migrations that wait to be applied. Raise DatabaseError without a database.

    While the receivers of `post_migrate` have not all finished, their mark is one of them.
    """
    return list_migrations() - MigrationRecorder(connection).applied_migrations().keys()


@cache
def list_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of all migrations in the code, and the mark of what follows them; read once per process.

    By their files alone: Django's loader imports each, which every start would wait for.
    """
    names = sorted(
        (app.label, module.name)
        for app in apps.get_app_configs()
        if (package := find_spec(f"{app.name}.migrations"))
        for module in iter_modules(package.submodule_search_locations)
        if not module.ispkg and not module.name.startswith(("_", "~"))
    )
    return frozenset({*names, (COMPLETION, sha256(repr(names).encode()).hexdigest())})


def record_completion(using: str = "default") -> None:
    """Note that the receivers of `post_migrate` have finished, if it was after the last of the migrations."""
    recorder = MigrationRecorder(connections[using])
    pending = list_migrations() - recorder.applied_migrations().keys()
    if {app for app, _ in pending} == {COMPLETION}:
        recorder.migration_qs.filter(app=COMPLETION).delete()
        for app, name in pending:
            recorder.record_applied(app, name)


@contextmanager
def lock_migrations(using: str = "default") -> Iterator[None]:
    """Wait until no other process migrates a database of PostgreSQL.

    One that was killed may still be migrating: its server finishes the statement that it had begun.
    SQLite ends with the process, and locks its file for each migration.
    """
    if connections[using].vendor != "postgresql":
        yield
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def copy_tables_in_pieces(using: str = "default") -> Iterator[None]:
    """Let migrations of SQLite copy a table that they make anew a few thousand rows at a time.

    To take a statement back by itself SQLite keeps the pages that had been used before it. The second time that a
    migration makes a table anew these are as many as the table has, and our build of SQLite keeps them in memory.
    """
    if connections[using].vendor != "sqlite":
        yield
        return
    with connections[using].execute_wrapper(_copy_in_pieces):
        yield


def _copy_in_pieces(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; that of a copy once for each few thousand rows."""
    if not sql.startswith(COPY):
        return execute(sql, params, many, context)
    table = sql.rpartition(" FROM ")[2]
    last = 0
    with context["connection"].cursor() as cursor:
        while True:
            next_rows = f"SELECT rowid FROM {table} WHERE rowid > {last} ORDER BY rowid LIMIT {COPIED_AT_ONCE}"  # noqa: S608  Django's names
            cursor.execute(f"SELECT max(rowid) FROM ({next_rows})")  # noqa: S608  Django's names
            end = cursor.fetchone()[0]
            if end is None:
                return None
            execute(f"{sql} WHERE rowid > {last} AND rowid <= {end}", params, many, context)
            last = end
