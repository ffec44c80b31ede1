"""Find rows by any piece of a text, by an index of its groups of three characters, on both databases.

PostgreSQL: a GIN index by `pg_trgm` on the column. SQLite: an FTS5 table without content, which holds most rows; those
that were added lately are few, and looked at one by one. To index a row at a time would cost ten times as much as
500 together (measured: 0.12 ms and 0.014 ms of processor time).

Migrations can express neither, so both are made after migrations, and again when something has removed them.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from copy import copy
from typing import Any, TypeVar

from django.db import connection, connections, models
from django.db.models import BooleanField, Lookup, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.constants import INNER
from django.db.models.sql.datastructures import BaseTable

from lib.text.search_text import build_search_term

M = TypeVar("M", bound=models.Model)

# SQLite: rows that a process adds before it indexes them all together.
INDEXED_AT_ONCE = 1_000
# Trigrams that a search asks the index for; more make it hardly any more exact.
MAX_TRIGRAMS = 12
# A limit that limits nothing.
UNBOUNDED = 2**31 - 1
# Wildcards of LIKE and its escape on PostgreSQL: any character stands for them, and INSTR or STRPOS decides.
WILDCARDS = str.maketrans("%_\\", "___")


class SearchTextField(models.TextField):
    """Text that is found by pieces: `text__holds`. Written by `build_search_text`, so case and accents are gone."""


@SearchTextField.register_lookup
class Holds(Lookup):
    """Whether a search text contains a piece, by a LIKE that an index can answer.

    Django's `contains` adds ESCAPE, with which SQLite reads every row, and upper-cases.
    """

    lookup_name = "holds"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, own = self.process_lhs(compiler, connection)
        pattern = self.rhs.translate(WILDCARDS)
        sql, params = f"{column} LIKE %s", [*own, f"%{pattern}%"]
        if "_" not in pattern:
            return sql, params
        find = "INSTR" if connection.vendor == "sqlite" else "STRPOS"
        return f"({sql} AND {find}({column}, %s) > 0)", [*params, *own, self.rhs]


@SearchTextField.register_lookup
class HoldsTyped(Holds):
    """The same for what a user has typed. By this name the lists of the admin search."""

    lookup_name = "icontains"

    def get_prep_lookup(self) -> str:
        return build_search_term(super().get_prep_lookup())


class TrigramQuerySet(models.QuerySet[M]):
    """Queryset of a model with a `SearchTextField`, whose primary key is a number."""

    def among(self, candidates: QuerySet[Any, Any]) -> TrigramQuerySet[M]:
        """Keep the rows that another query of their ids yields. It is asked first, whatever the planner thinks."""
        if connection.vendor == "sqlite":
            return self.filter(pk__in=candidates)._begin_here()
        sql, params = candidates.query.sql_with_params()
        return self.filter(self._is_any_of(sql, params))

    def within(self, window: QuerySet[Any, Any]) -> TrigramQuerySet[M]:
        """Ask only the rows of another query, one by one in its order where it has one.

        It stands in place of the table, with a limit, so no planner can do anything but begin with it, and it is read
        no further than until enough rows were found.
        """
        bounded = window if window.query.is_sliced else window[:UNBOUNDED]
        sql, params = bounded.query.sql_with_params()
        if window.query.combinator:  # Django numbers the columns of a union
            fields = enumerate(self.model._meta.concrete_fields, 1)
            columns = ", ".join(f'"col{place}" AS "{field.column}"' for place, field in fields)
            sql = f"SELECT {columns} FROM ({sql}) united"  # noqa: S608  our names
        narrowed = self._begin_here()
        alias = narrowed.query.get_initial_alias()
        narrowed.query.alias_map[alias] = _Window(self.model._meta.db_table, alias, sql, params)
        return narrowed

    def indexed_with(self, pieces: Sequence[str], among: Q | None = None) -> TrigramQuerySet[M]:
        """Keep the rows that may hold all pieces, by the index. The rows still have to be asked for each piece.

        `among` is a condition that an index knows too, and that few rows fulfil: of the others none is read.
        """
        field = _get_text_field(self.model)
        if connection.vendor == "sqlite":
            few = None if among is None else self.model._base_manager.filter(among).values("pk")
            return self.filter(pk__in=_select_indexed(self.model, pieces, few))._begin_here()
        pieces_held = Q(*(Q((f"{field.name}__holds", piece)) for piece in pieces))
        held = self.model._base_manager.filter(pieces_held)
        return self.within(held if among is None else held.filter(among))

    def _begin_here(self) -> TrigramQuerySet[M]:
        """Let SQLite take the tables in this order. It would begin with all messages of an author, and index ours."""
        ordered = self.all()
        joins = ordered.query.alias_map
        for alias, join in tuple(joins.items()):
            if connection.vendor == "sqlite" and join.join_type == INNER:
                joins[alias] = copy(join)
                joins[alias].join_type = "CROSS JOIN"
        return ordered

    def _is_any_of(self, sql: str, params: Sequence[Any]) -> RawSQL:
        """Return the condition that PostgreSQL has to answer before it plans the rest: an array, and not a join."""
        column = f'"{self.model._meta.db_table}"."{self.model._meta.pk.column}"'
        condition = f"{column} = ANY(ARRAY({sql}))"
        return RawSQL(condition, params, output_field=BooleanField())  # noqa: S611  compiled by Django


class _Window(BaseTable):
    """A query in place of a table."""

    def __init__(self, table: str, alias: str, sql: str, params: Sequence[Any]) -> None:
        super().__init__(table, alias)
        self.sql, self.params = sql, params

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return f"({self.sql}) {compiler.quote_name_unless_alias(self.table_alias)}", list(self.params)


def can_be_indexed(piece: str) -> bool:
    """Tell whether the index knows rows by a piece: by at least three characters."""
    return len(piece) >= 3


class _Unindexed(threading.local):
    """How many rows this thread has added since it indexed some."""

    rows = 0


_unindexed = _Unindexed()


def index_added_rows(model: type[models.Model], number: int) -> None:
    """Index rows on SQLite once enough were added, in the running transaction. PostgreSQL does so by itself."""
    if connection.vendor != "sqlite":
        return
    _unindexed.rows += number
    if _unindexed.rows >= INDEXED_AT_ONCE:
        _unindexed.rows = 0
        index_rows(model)


def index_rows(model: type[models.Model], using: str = "default") -> None:
    """Index all rows that SQLite's index lacks, up to the first one whose text is still to be filled."""
    table, column = model._meta.db_table, _get_text_field(model).column
    unfilled = f"SELECT min(id) FROM {table} WHERE {column} IS NULL"  # noqa: S608  our names
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table}_fts (rowid, {column}) SELECT id, {column} FROM {table}"  # noqa: S608  our names
            f" WHERE id IN ({_select_unindexed(table)}) AND id < coalesce(({unfilled}), {2**63 - 1}) ORDER BY id"
        )


def ensure_index(model: type[models.Model], using: str = "default") -> None:
    """Make what is missing of the index. Rows without text are in none."""
    if connections[using].vendor == "sqlite":
        _ensure_sqlite_index(model, using)
    else:
        _ensure_postgresql_index(model, using)


def _ensure_postgresql_index(model: type[models.Model], using: str) -> None:
    table, column = model._meta.db_table, _get_text_field(model).column
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{table}_trigrams"])
        if cursor.fetchone() == (None,):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            if model._base_manager.using(using).exists():
                sys.stdout.write("  Making the index of search, which takes minutes for a million messages\n")
                sys.stdout.flush()
            # New rows wait in a list that every search reads: a short one.
            cursor.execute(
                f'CREATE INDEX {table}_trigrams ON {table} USING gin ("{column}" gin_trgm_ops)'
                " WITH (gin_pending_list_limit = 256)"
            )


def _ensure_sqlite_index(model: type[models.Model], using: str) -> None:
    """Make the table and the trigger that removes rows from it. Django drops triggers when it alters a table."""
    table, column = model._meta.db_table, _get_text_field(model).column
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5"
            f" ({column}, content='', contentless_delete=1, tokenize='trigram', detail=none)"
        )
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_removed AFTER DELETE ON {table}"  # noqa: S608  our names
            f" BEGIN DELETE FROM {table}_fts WHERE rowid = old.id; END"
        )


def _select_unindexed(table: str) -> str:
    """Return SQL for the ids of the rows that were added after those in SQLite's index."""
    return f"SELECT id FROM {table} WHERE id > (SELECT coalesce(max(id), 0) FROM {table}_fts_docsize)"  # noqa: S608  our names


def _select_indexed(model: type[models.Model], pieces: Sequence[str], among: QuerySet[Any, Any] | None) -> RawSQL:
    """Return SQL for the ids that SQLite's index knows by pieces, and those not yet in it."""
    table = model._meta.db_table
    sql = (
        f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s"  # noqa: S608  our names
        f" UNION ALL {_select_unindexed(table)}"
    )
    params: list[Any] = [_build_match(pieces)]
    if among is not None:
        few, own = among.query.sql_with_params()
        # Sorts two lists of numbers. To look each row up, or each number in the index, takes four times as long.
        sql, params = f"SELECT rowid FROM ({sql}) INTERSECT {few}", [*params, *own]  # noqa: S608  our names
    return RawSQL(sql, params)  # noqa: S611  our names


def _build_match(pieces: Sequence[str]) -> str:
    """Return the FTS5 query for the trigrams of pieces, each quoted: a space or a word like NEAR is no operator."""
    trigrams = list(dict.fromkeys(trigram for piece in pieces for trigram in _split_trigrams(piece)))
    quoted = ('"{}"'.format(trigram.replace('"', '""')) for trigram in trigrams[:MAX_TRIGRAMS])
    return " AND ".join(quoted)


def _split_trigrams(piece: str) -> list[str]:
    """Return trigrams that cover a piece, side by side and the last one."""
    places = [*range(0, len(piece) - 2, 3), len(piece) - 3]
    return [piece[place : place + 3] for place in places if place >= 0]


def _get_text_field(model: type[models.Model]) -> SearchTextField:
    return next(field for field in model._meta.local_fields if isinstance(field, SearchTextField))
