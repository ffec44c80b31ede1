"""Store rows that the database makes of those of a query: for many at once, without a value of each in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Model, QuerySet, UUIDField, Value
from django.db.models.sql.compiler import SQLCompiler

# Digits of an id, with its time: what is left of it is as much as version 7 leaves to chance, but for a dozen bits.
SHARED_DIGITS = 17


class IdBeside(Func):
    """A new UUID v7 of each row, of the same time as another id, so that rows made together stand together."""

    output_field = UUIDField()
    arity = 1

    def __init__(self, beside: UUID) -> None:
        # As text: 17 digits in both, behind three hyphens in PostgreSQL.
        shared = beside.hex[:SHARED_DIGITS] if connection.vendor == "sqlite" else str(beside)[: SHARED_DIGITS + 3]
        super().__init__(Value(shared))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = "(%(expressions)s || substr(lower(hex(randomblob(8))), 2))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = "(%(expressions)s || right(gen_random_uuid()::text, 16))::uuid"
        return self.as_sql(compiler, connection, template=template, **context)


def insert_selected(model: type[Model], rows: QuerySet[Any], values: Mapping[str, Any]) -> int:
    """Store a row of a model for each row of a query; return how many. `values` are expressions or names, by column.

    Columns that are not named stay empty. No `save` and no signal is called.
    """
    quote = connection.ops.quote_name
    columns = {field.column: values[field.name] for field in model._meta.concrete_fields if field.name in values}
    chosen = {f"of_{name}": F(value) if isinstance(value, str) else value for name, value in columns.items()}
    selected, params = rows.order_by().annotate(**chosen).values_list(*chosen).query.sql_with_params()
    into = ", ".join(quote(column or "") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({into}) {selected}", params)  # noqa: S608  our names
        return int(cursor.rowcount)
