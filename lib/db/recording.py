"""Record the prepared queries that a result was made from, to learn by asking them again whether it would be the same.

That is safe only where a result depends on nothing else: `Recording.is_complete` tells whether all queries were such.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.db import connection
from django.utils import timezone

from lib.db.stamps import read_stamp

Rows = list[tuple[Any, ...]]


class Query(Protocol):
    """A prepared query."""

    def raw(self, **values: Any) -> Rows:
        """Return its rows as the driver gives them."""
        ...


class Answer(NamedTuple):
    """A query, the values that it was asked with, and its rows as the driver gives them."""

    query: Query
    values: dict[str, Any]
    rows: Rows


@dataclass(slots=True)
class Recording:
    """The answers to queries, in order, and when what was made from them changes by itself.

    `known` are answers that were read just before, and need not be asked for again; `asked` counts all other queries.
    `stamps` are those of the database, by connection, with which the answers were the same.
    """

    known: list[Answer] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    asked: int = 0
    expires_at: datetime | None = None
    stamps: dict[int, Hashable] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Tell whether asking the recorded queries again would show every change: all were prepared, none timed."""
        is_timed = any(isinstance(value, datetime) for answer in self.answers for value in answer.values.values())
        return self.asked == 0 and not is_timed

    def find_change(self) -> list[Answer] | None:
        """Ask the queries again, up to the first with other rows; return the answers, or None where all are the same.

        The answers of an expired recording are not asked for.
        """
        if self.expires_at is not None and self.expires_at <= timezone.now():
            return []
        number, stamp = read_stamp() or (0, None)
        if stamp is not None and self.stamps.get(number) == stamp:
            return None
        answers: list[Answer] = []
        for query, values, rows in self.answers:
            answers.append(Answer(query, values, query.raw(**values)))
            if answers[-1].rows != rows:
                return answers
        if stamp is not None:
            self.stamps[number] = stamp
        return None

    def answer(self, query: Query, values: dict[str, Any], fetch: Callable[[], Rows]) -> Rows:
        """Return the rows of a prepared query, which are fetched unless they are known, and record them."""
        answer = next((known for known in self.known if known.query is query and known.values == values), None)
        if answer is None:
            answer = Answer(query, values, fetch())
            self.asked -= 1  # counted as any other
        else:
            self.known.remove(answer)
        self.answers.append(answer)
        return answer.rows

    def _count(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.asked += 1
        return execute(*arguments)


current_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def record_queries(known: Sequence[Answer] = ()) -> Iterator[Recording]:
    """Record the queries of this block, which takes over answers that are `known`."""
    recording = Recording(known=list(known))
    token = current_recording.set(recording)
    try:
        with connection.execute_wrapper(recording._count):
            yield recording
    finally:
        current_recording.reset(token)
        recording.known.clear()


def note_expiry(moment: datetime) -> None:
    """Record that an answer changes by itself at a moment, where anything records."""
    recording = current_recording.get()
    if recording and (recording.expires_at is None or moment < recording.expires_at):
        recording.expires_at = moment
