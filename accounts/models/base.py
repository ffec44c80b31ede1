"""Define base classes for the models of every app."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models
from uuid_utils.compat import uuid7

from lib.db.folded import with_folded_fields

M = TypeVar("M", bound=models.Model)


def new_id() -> uuid.UUID:
    """Return a UUID v7 (RFC 9562): globally unique, and ordered by time of creation."""
    return uuid7()


class Record(models.Model):
    """Row with a time-ordered id and the times of its creation and last save."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class FoldedRecord(Record):
    """Row with texts that are stored folded beside themselves: saving such a field alone writes its folded one too."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            update_fields = with_folded_fields(type(self), update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)


class AppendOnly(TypeError):
    """Attempt to change or delete a row of a history."""

    def __init__(self) -> None:
        super().__init__("What has happened is kept as it was: neither changed nor deleted.")


class HistoryQuerySet(models.QuerySet[M]):
    """Queryset of an append-only table: rows are added and read; changes and deletions raise `AppendOnly`."""

    def update(self, **_: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise AppendOnly
        return super().bulk_create(objs, *args, **kwargs)


class HistoryRecord(Record):
    """Row of an append-only table, which outlives the rows it refers to."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
