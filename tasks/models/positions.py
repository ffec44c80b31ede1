"""The place of a row among others, as a text between those of its neighbours."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connections, models

MAX_POSITION = 64


class PositionField(models.CharField):
    """A key of `tasks.positions`. Equal ones, of two clients at once, are told apart by the id.

    It has to be compared by bytes, as SQLite does, while PostgreSQL goes by the language of the database:
    `ensure_bytewise_positions` gives it the collation there.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": MAX_POSITION} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("max_length", None)
        return name, path, args, options


def ensure_bytewise_positions(app_config: AppConfig, using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Let PostgreSQL compare positions by bytes. Called after migrations."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    for model in app_config.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, PositionField):
                _ensure_bytewise(connection, model._meta.db_table, field.column)


def _ensure_bytewise(connection: Any, table: str, column: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s AND column_name = %s",
            [table, column],
        )
        row = cursor.fetchone()
        if row is not None and row[0] != "C":
            quoted = connection.ops.quote_name
            cursor.execute(
                f'ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE varchar({MAX_POSITION}) COLLATE "C"'
            )
