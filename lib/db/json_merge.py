"""Changing some keys of a JSON object in the statement that stores them: a parallel change of others is not lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, JSONField
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, tuple[Any, ...]]


class MergedByKey(Func):
    """`column` with each key of `given` at its new value, whole as it is; a key given as None goes.

    For `update()`. Both databases compare keys as they are written, so they are written as JSONField writes them.
    """

    arity = 1
    output_field = JSONField()

    def __init__(self, column: str, given: Mapping[str, Any]) -> None:
        super().__init__(column)
        self.given = dict(given)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Sql:
        """`json_patch` would merge nested objects and drop their nulls. So it removes; what is new is put behind."""
        column, params = compiler.compile(self.source_expressions[0])
        rest = f"json_patch({column}, %s)"
        without = (*params, json.dumps(dict.fromkeys(self.given)))
        kept = self._kept
        if not kept:
            return rest, without
        added = json.dumps(kept)
        glued = f"CASE {rest} WHEN '{{}}' THEN %s ELSE substr({rest}, 1, length({rest}) - 1) || ',' || %s END"
        return glued, (*without, added, *without, *without, added[1:])

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Sql:
        column, params = compiler.compile(self.source_expressions[0])
        return f"(({column} - %s::text[]) || %s::jsonb)", (*params, list(self.given), json.dumps(self._kept))

    @property
    def _kept(self) -> dict[str, Any]:
        return {key: value for key, value in self.given.items() if value is not None}
