"""Change some keys of a JSON object in the statement that stores them, so that no parallel change of others is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, JSONField
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, tuple[Any, ...]]


class MergeJSONKeys(Func):
    """Expression for `update()`: `column` with the keys of `changes` at their new values, without those that are None.

    Values are replaced whole. Both databases compare keys as they are written, so they are written as JSONField does.
    """

    arity = 1
    output_field = JSONField()

    def __init__(self, column: str, changes: Mapping[str, Any]) -> None:
        super().__init__(column)
        self.changes = dict(changes)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Sql:
        """Remove the changed keys by `json_patch`, then append the new ones as text.

        `json_patch` alone would merge nested objects and drop their nulls.
        """
        column, params = compiler.compile(self.source_expressions[0])
        remaining = f"json_patch({column}, %s)"
        remaining_params = (*params, json.dumps(dict.fromkeys(self.changes)))
        if not self._new_values:
            return remaining, remaining_params
        added = json.dumps(self._new_values)
        opened = f"substr({remaining}, 1, length({remaining}) - 1)"
        sql = f"CASE {remaining} WHEN '{{}}' THEN %s ELSE {opened} || ',' || %s END"
        return sql, (*remaining_params, added, *remaining_params, *remaining_params, added[1:])

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Sql:
        column, params = compiler.compile(self.source_expressions[0])
        return f"(({column} - %s::text[]) || %s::jsonb)", (*params, list(self.changes), json.dumps(self._new_values))

    @property
    def _new_values(self) -> dict[str, Any]:
        return {key: value for key, value in self.changes.items() if value is not None}
