"""Queries that the ORM builds once and the database answers often.

For a lookup by key, building the query and compiling it to SQL costs several times what the database needs to answer.
Where that is most of a request, the compiled statement is kept and run again with other values.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]


class Statement(NamedTuple):
    """SQL, what goes into its places (a name or a constant), and how columns become Python values."""

    sql: str
    places: list[tuple[str | None, Any]]
    converters: list[tuple[int, list[Any], Any]]


class PreparedQuery:
    """`build` returns a `values_list()` and takes the named parameters; their types are given beside it.

    Build nothing that depends on a value: slices and `None` tests become part of the statement.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **types: type) -> None:
        self._build = build
        self._types = types

    def rows(self, **values: Any) -> list[Row]:
        """Rows with Python values, as the queryset would give them."""
        statement = self._statement
        return [self._converted(row, statement.converters) for row in self._run(statement, values)]

    def first(self, **values: Any) -> Row | None:
        """The first row, or none."""
        return next(iter(self.rows(**values)), None)

    def raw(self, **values: Any) -> list[Row]:
        """Rows as the database gives them: good for comparing and for keys (see `as_given`)."""
        return list(self._run(self._statement, values))

    @cached_property
    def _statement(self) -> Statement:
        stand_ins = {name: _stand_in(kind) for name, kind in self._types.items()}
        names = {as_stored(value): name for name, value in stand_ins.items()}
        compiler = self._build(**stand_ins).query.get_compiler("default")
        sql, params = compiler.as_sql()
        places = [(names.get(param), param) for param in params]
        missing = set(names.values()) - {name for name, _ in places}
        if missing:
            raise ValueError(f"{missing} never reach the database")
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = [(at, found, expression) for at, (found, expression) in compiler.get_converters(fields).items()]
        return Statement(sql, places, converters)

    def _run(self, statement: Statement, values: dict[str, Any]) -> Sequence[Row]:
        stored = {name: as_stored(value) for name, value in values.items()}
        params = [constant if name is None else stored[name] for name, constant in statement.places]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            rows: list[Row] = cursor.fetchall()
        return rows

    def _converted(self, row: Row, converters: list[tuple[int, list[Any], Any]]) -> Row:
        values = list(row)
        for at, found, expression in converters:
            for convert in found:
                values[at] = convert(values[at], expression, connection)
        return tuple(values)


def insert(rows: Sequence[Model]) -> None:
    """Store new rows of one model with one prepared statement. Like `bulk_create`, it calls no `save` and no signal."""
    if not rows:
        return
    model = type(rows[0])
    fields = model._meta.concrete_fields
    stored = [[_prepared(field, field.pre_save(row, add=True)) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_insert_into(model), stored)


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    # None is NULL for every field, which takes each of them a while to find out.
    return None if value is None else field.get_db_prep_save(value, connection)


@cache
def _insert_into(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = [quote(field.column or "") for field in model._meta.concrete_fields]
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608  our names


@cache
def fields_of(model: type[Model], prefix: str = "") -> tuple[str, ...]:
    """Names for `values_list()` of all that an instance needs, seen through a relation where a prefix is given."""
    return tuple(prefix + field.attname for field in model._meta.concrete_fields)


def instance_of(model: type[M], values: Sequence[Any]) -> M:
    """The row made of what `fields_of` asked for."""
    return model.from_db("default", fields_of(model), values)


def as_given(value: Any) -> Any:
    """A UUID or a moment as this database's driver gives it: what `raw` rows hold."""
    if isinstance(value, datetime) and connection.vendor == "sqlite":
        return value.astimezone(UTC).replace(tzinfo=None)
    return as_stored(value)


def as_stored(value: Any) -> Any:
    """A UUID or a moment as this database's driver takes it."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _stand_in(kind: type) -> Any:
    """A value that stands for nothing else in a query."""
    if kind is uuid.UUID:
        return uuid.uuid4()
    if kind is datetime:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**12))
    if kind is int:
        return 10**9 + secrets.randbelow(10**9)
    return secrets.token_hex(16)
