"""Store rows by statements that are built once, where `bulk_create` and `update` would build them anew each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)


def insert_rows(rows: Sequence[Model]) -> None:
    """Store new rows of one model with one prepared statement. Like `bulk_create`, call no `save` and no signal.

    Measured with one message: 0.07 ms, 0.17 ms by `bulk_create`; with 64 most of the time is the database's.
    """
    if not rows:
        return
    model = type(rows[0])
    readers = _build_readers(model)
    with connection.cursor() as cursor:
        cursor.executemany(_build_insert(model), [[read(row) for read in readers] for row in rows])


def update_rows(
    model: type[Model], columns: tuple[str, ...], *, by: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Set `columns` of rows found by the columns `by` with one prepared statement. Like `update`, call no signal.

    Each row holds the new values, then those to find it by: numbers, texts, UUIDs and datetimes. Measured with
    three columns: 0.015 ms, 0.075 ms by a queryset.
    """
    adapt = connection.ops.adapt_datetimefield_value
    adapted = [[adapt(value) if isinstance(value, datetime) else value for value in row] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_build_update(model, columns, by), adapted)


@cache
def _build_update(model: type[Model], columns: tuple[str, ...], by: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(column)} = %s" for column in columns)
    condition = " AND ".join(f"{quote(column)} = %s" for column in by)
    return f"UPDATE {quote(model._meta.db_table)} SET {values} WHERE {condition}"  # noqa: S608  our names


@cache
def _build_readers(model: type[Model]) -> list[Callable[[Model], Any]]:
    """Return, for each column, what reads its value from a new row for the driver."""
    return [_build_reader(field) for field in model._meta.concrete_fields]


def _build_reader(field: Field[Any, Any]) -> Callable[[Model], Any]:
    """Return the shortest way from a new row to the value of a column: most fields have nothing to convert.

    To ask each field by `get_db_prep_save` took a fifteenth of posting a message.
    """
    get = attrgetter(field.attname)
    kind = field.target_field if isinstance(field, ForeignKey) else field

    def prepare(row: Model) -> Any:
        value = field.pre_save(row, add=True)
        return None if value is None else field.get_db_prep_save(value, connection)

    def read_id(row: Model) -> Any:
        value = get(row)
        return value if value is None or isinstance(value, UUID) else prepare(row)

    def read_moment(row: Model) -> Any:
        value = get(row)
        return None if value is None else connection.ops.adapt_datetimefield_value(value)

    if type(kind) in (CharField, TextField) or isinstance(kind, IntegerField):
        return get
    if isinstance(kind, DateTimeField) and not (kind.auto_now or kind.auto_now_add):
        return read_moment
    return read_id if isinstance(kind, UUIDField) else prepare


@cache
def _build_insert(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = [quote(field.column or "") for field in model._meta.concrete_fields]
    placeholders = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({placeholders})"  # noqa: S608  our names
