"""Store rows by statements that are built once, where `bulk_create` and `update` would build them anew each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import (
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
    UUIDField,
)

M = TypeVar("M", bound=Model)
Convert = Callable[[Any, BaseDatabaseOperations], Any]


class Insert(NamedTuple):
    """Statement that stores a new row of a model, and what reads the values of its columns.

    By their places: fields that give a new row a value of their own, and what converts values for the driver.
    """

    sql: str
    read: Callable[[Model], tuple[Any, ...]]
    given: list[tuple[int, Field[Any, Any]]]
    converters: list[tuple[int, Convert]]


def build_row(model: type[M], **values: Any) -> M:
    """Return an unsaved row with these values of columns and the defaults of all others.

    Measured with a message: 0.009 ms, 0.015 ms by names, for which Django looks at each field in turn.
    """
    return model(*[values[name] if name in values else default() for name, default in _list_defaults(model)])


def insert_rows(rows: Sequence[Model]) -> None:
    """Store new rows of one model with one prepared statement. Like `bulk_create`, call no `save` and no signal.

    Measured with one message: 0.07 ms, 0.17 ms by `bulk_create`; with 64 most of the time is the database's.
    """
    if not rows:
        return
    insert, operations = _build_insert(type(rows[0])), connection.ops
    columns = [list(insert.read(row)) for row in rows]
    for row, values in zip(rows, columns, strict=True):
        for place, field in insert.given:
            values[place] = field.pre_save(row, add=True)
        for place, convert in insert.converters:
            if values[place] is not None:
                values[place] = convert(values[place], operations)
    with connection.cursor() as cursor:
        cursor.executemany(insert.sql, columns)


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
def _list_defaults(model: type[Model]) -> list[tuple[str, Callable[[], Any]]]:
    """Return the columns of a model in the order of its fields, and what gives the default of each."""
    return [(field.attname, field.get_default) for field in model._meta.concrete_fields]


@cache
def _build_update(model: type[Model], columns: tuple[str, ...], by: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(column)} = %s" for column in columns)
    condition = " AND ".join(f"{quote(column)} = %s" for column in by)
    return f"UPDATE {quote(model._meta.db_table)} SET {values} WHERE {condition}"  # noqa: S608  our names


@cache
def _build_insert(model: type[Model]) -> Insert:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = [quote(field.column or "") for field in fields]
    placeholders = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({placeholders})"  # noqa: S608  our names
    given = [(place, field) for place, field in enumerate(fields) if type(field).pre_save is not Field.pre_save]
    converters = [(place, convert) for place, field in enumerate(fields) if (convert := _build_converter(field))]
    return Insert(sql, attrgetter(*(field.attname for field in fields)), given, converters)


def _build_converter(field: Field[Any, Any]) -> Convert | None:
    """Return the shortest way from the value of a field to the driver's, None where it takes the value as it is.

    To ask each field by `get_db_prep_save` took a fifteenth of posting a message.
    """
    kind = field.target_field if isinstance(field, ForeignKey) else field
    if type(kind) in (CharField, TextField) or isinstance(kind, IntegerField):
        return None
    if isinstance(kind, DateTimeField):
        return lambda value, operations: operations.adapt_datetimefield_value(value)
    if type(kind) is JSONField:
        return lambda value, operations: operations.adapt_json_value(value, kind.encoder)
    if isinstance(kind, UUIDField):
        return lambda value, _: value if isinstance(value, UUID) else field.get_db_prep_save(value, connection)
    return lambda value, _: field.get_db_prep_save(value, connection)
