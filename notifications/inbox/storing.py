"""Store a notification for any number of users by one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import new_id
from notifications.models import Notification

# SQLite takes 32,766 parameters in a statement, and each user takes three.
MAX_ROWS = 5000
# Each row has its own.
OWN = ("id", "activity_id", "user_id")
# Where one is counted in an unread row of its group, these are the last one's. The data stay those of the first.
REPLACED = ("activity_id", "actor_id", "level", "subject", "thread", "position", "url", "updated_at")


def store_notifications(template: Notification, user_ids: Collection[UUID]) -> list[UUID]:
    """Store a copy of an unsaved notification for each user; return the ids of the rows, one for each.

    Where a user has an unread one with the same `group_key`, it is counted there. Call it inside a transaction: it
    announces nothing. One statement for `MAX_ROWS` users, of which each takes two ids and one.
    """
    template.created_at = template.updated_at = timezone.now()
    shared = [_adapt_value(template, name) for name in _list_shared_names()]
    ids: list[UUID] = []
    for batch in _split_users(user_ids):
        own = [value for user_id in batch for value in (new_id(), new_id(), user_id)]
        with connection.cursor() as cursor:
            cursor.execute(_build_statement(len(batch)), [*own, *shared])
            ids += [UUID(str(row[0])) for row in cursor.fetchall()]
    return ids


def _split_users(user_ids: Collection[UUID]) -> Iterator[Sequence[UUID]]:
    """Split users into batches, sorted: statements that run at the same time lock rows of one index in one order."""
    ordered = sorted(set(user_ids))
    return (ordered[start : start + MAX_ROWS] for start in range(0, len(ordered), MAX_ROWS))


@cache
def _list_shared_names() -> list[str]:
    """Return the names of the fields that all copies share."""
    return [field.name for field in Notification._meta.concrete_fields if field.attname not in OWN]


def _adapt_value(template: Notification, name: str) -> Any:
    field = Notification._meta.get_field(name)
    return field.get_db_prep_save(getattr(template, field.attname), connection)  # type: ignore[union-attr]


def _build_statement(size: int) -> str:
    """Return the statement for a number of users."""
    quote = connection.ops.quote_name
    table = quote(Notification._meta.db_table)
    shared = [quote(_get_column(name)) for name in _list_shared_names()]
    columns = ", ".join([*map(quote, OWN), *shared])
    own = ", ".join(["(%s, %s, %s)"] * size)
    values = ", ".join([*(f"own.{quote(name)}" for name in OWN), *["%s"] * len(shared)])
    replaced = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in REPLACED)
    return (
        f"WITH own ({', '.join(map(quote, OWN))}) AS (VALUES {own}) "  # noqa: S608  our names
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM own WHERE TRUE "
        f"ON CONFLICT ({quote('user_id')}, {quote('group_key')}) "
        f"WHERE {quote('read_at')} IS NULL AND NOT ({quote('group_key')} = '') "
        f"DO UPDATE SET {quote('count')} = {table}.{quote('count')} + 1, {replaced} RETURNING {quote('id')}"
    )


def _get_column(name: str) -> str:
    return str(Notification._meta.get_field(name).column)  # type: ignore[union-attr]
