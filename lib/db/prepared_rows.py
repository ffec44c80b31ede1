"""Store rows by statements that are built once, where `bulk_create` and `update` would build them anew each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
    UUIDField,
)
from django.db.models.base import ModelState

from lib.db.prepared import to_driver_moment
from lib.db.statements import execute_many

# Of columns that are filled together.
SHAPES = 256

M = TypeVar("M", bound=Model)
Convert = Callable[[Any, BaseDatabaseOperations], Any]


class Insert(NamedTuple):
    """What reads the values of a new row's columns.

    By their places: fields that give a new row a value of their own, and what converts values for the driver.
    """

    read: Callable[[Model], tuple[Any, ...]]
    given: list[tuple[int, Field[Any, Any]]]
    converters: list[tuple[int, Convert]]


def build_row(model: type[M], **values: Any) -> M:
    """Return an unsaved row with these values of columns and the defaults of all others, as `model(**values)` does.

    That sets each field by its descriptor, which nothing needs in a row that is new. Measured with a message: 0.006 ms,
    0.015 ms by names.
    """
    row = model.__new__(model)
    row._state = ModelState()
    constants, factories = _list_defaults(model)
    attributes = {**constants, **values}
    for name, build_default in factories:
        if name not in values:
            attributes[name] = build_default()
    vars(row).update(attributes)
    return row


def insert_rows(rows: Sequence[Model]) -> None:
    """Store new rows of one model with one prepared statement. Like `bulk_create`, call no `save` and no signal.

    Columns that hold nothing in all rows are left out: SQLite's driver takes 0.002 ms for each None, which is none of
    the types that it knows at once, and a message has eleven of them. Measured with one message: 0.07 ms, 0.17 ms by
    `bulk_create`; with 64 most of the time is the database's.
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
    filled = tuple(place for place, values in enumerate(zip(*columns, strict=True)) if values.count(None) < len(rows))
    sql, pick = _build_statement(type(rows[0]), filled)
    execute_many(sql, [pick(values) for values in columns])


def update_rows(
    model: type[Model], columns: tuple[str, ...], *, by: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Set `columns` of rows found by the columns `by` with one prepared statement. Like `update`, call no signal.

    Each row holds the new values, then those to find it by: numbers, texts, UUIDs and datetimes. Measured with
    three columns: 0.015 ms, 0.075 ms by a queryset.
    """
    adapted = [[to_driver_moment(value) if isinstance(value, datetime) else value for value in row] for row in rows]
    execute_many(_build_update(model, columns, by), adapted)


@cache
def _list_defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """Return the defaults of columns, and of those that get a new value for each row what builds it."""
    fields = model._meta.concrete_fields
    factories = [(field.attname, field.get_default) for field in fields if callable(field.default)]
    return {field.attname: field.get_default() for field in fields if not callable(field.default)}, factories


@cache
def _build_update(model: type[Model], columns: tuple[str, ...], by: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(column)} = %s" for column in columns)
    condition = " AND ".join(f"{quote(column)} = %s" for column in by)
    return f"UPDATE {quote(model._meta.db_table)} SET {values} WHERE {condition}"  # noqa: S608  our names


@cache
def _build_insert(model: type[Model]) -> Insert:
    fields = model._meta.concrete_fields
    given = [(place, field) for place, field in enumerate(fields) if _sets_value(field)]
    converters = [(place, convert) for place, field in enumerate(fields) if (convert := _build_converter(field))]
    return Insert(attrgetter(*(field.attname for field in fields)), given, converters)


@lru_cache(SHAPES)
def _build_statement(
    model: type[Model], places: tuple[int, ...]
) -> tuple[str, Callable[[Sequence[Any]], tuple[Any, ...]]]:
    """Return what stores the columns at some places, and what picks these from the values of a row."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.concrete_fields[place].column or "") for place in places)
    placeholders = ", ".join(["%s"] * len(places))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({placeholders})"  # noqa: S608  our names
    return sql, itemgetter(*places)


def _sets_value(field: Field[Any, Any]) -> bool:
    """Tell whether a field may give a new row another value than the row has: of dates, only those that say so do."""
    if isinstance(field, DateField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not Field.pre_save


def _build_converter(field: Field[Any, Any]) -> Convert | None:
    """Return the shortest way from the value of a field to the driver's, None where it takes the value as it is.

    To ask each field by `get_db_prep_save` took a fifteenth of posting a message. SQLite's driver takes 0.0004 ms for
    a text, 0.0013 for a UUID, and 0.0028 for a choice of Django's or a boolean.
    """
    kind = field.target_field if isinstance(field, ForeignKey) else field
    is_sqlite = connection.vendor == "sqlite"
    if isinstance(kind, CharField) and kind.choices:
        return lambda value, _: str(value)
    if isinstance(kind, BooleanField) and is_sqlite:
        return lambda value, _: int(value)
    if type(kind) in (CharField, TextField) or isinstance(kind, IntegerField):
        return None
    if isinstance(kind, DateTimeField):
        return lambda value, _: to_driver_moment(value)
    if type(kind) is JSONField:
        return lambda value, operations: operations.adapt_json_value(value, kind.encoder)
    if isinstance(kind, UUIDField) and is_sqlite:
        return lambda value, _: value.hex if isinstance(value, UUID) else field.get_db_prep_save(value, connection)
    if isinstance(kind, UUIDField):
        return lambda value, _: value if isinstance(value, UUID) else field.get_db_prep_save(value, connection)
    return lambda value, _: field.get_db_prep_save(value, connection)
