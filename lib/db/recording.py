"""Record the prepared queries that a result was made from, to learn by asking them again whether it would be the same.

That is safe only where a result depends on nothing else: `Recording.is_complete` tells whether all queries were such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection
from django.utils import timezone

Rows = list[tuple[Any, ...]]


class Query(Protocol):
    """A prepared query."""

    def raw(self, **values: Any) -> Rows:
        """Return its rows as the driver gives them."""
        ...


@dataclass(slots=True)
class Recording:
    """Queries with their values and rows, in order, and when what was made from them changes by itself."""

    queries: list[tuple[Query, dict[str, Any], Rows]] = field(default_factory=list)
    expires_at: datetime | None = None
    statements: int = 0

    @property
    def is_complete(self) -> bool:
        """Tell whether asking the recorded queries again would show every change: all were prepared, none timed."""
        is_timed = any(isinstance(value, datetime) for _, values, _ in self.queries for value in values.values())
        return self.statements == len(self.queries) and not is_timed

    def still_holds(self) -> bool:
        """Ask the queries again, up to the first with another answer; tell whether there was none."""
        if self.expires_at is not None and self.expires_at <= timezone.now():
            return False
        return all(query.raw(**values) == rows for query, values, rows in self.queries)

    def _count(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def record_queries() -> Iterator[Recording]:
    """Record the queries of this block."""
    recording = Recording()
    token = _current.set(recording)
    try:
        with connection.execute_wrapper(recording._count):
            yield recording
    finally:
        _current.reset(token)


def note_query(query: Query, values: dict[str, Any], rows: Sequence[tuple[Any, ...]]) -> None:
    """Record a query that was asked, where anything records."""
    if recording := _current.get():
        recording.queries.append((query, values, list(rows)))


def note_expiry(moment: datetime) -> None:
    """Record that an answer changes by itself at a moment, where anything records."""
    recording = _current.get()
    if recording and (recording.expires_at is None or moment < recording.expires_at):
        recording.expires_at = moment
