"""What every row of every app has."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn, TypeVar

from django.db import models
from uuid_utils.compat import uuid7

M = TypeVar("M", bound=models.Model)


def new_id() -> uuid.UUID:
    """A UUID v7 (RFC 9562): unique anywhere, and ids made later sort later."""
    return uuid7()


class Record(models.Model):
    """A row with a time-ordered id that knows when it was made and last saved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class AppendOnly(TypeError):
    """What has happened stays as it was written."""

    def __init__(self) -> None:
        super().__init__("What has happened is kept as it was: neither changed nor deleted.")


class HistoryQuerySet(models.QuerySet[M]):
    """Rows are added and read. What would change or delete them is refused, be it in bulk."""

    def update(self, **_: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise AppendOnly
        return super().bulk_create(objs, *args, **kwargs)


class HistoryRecord(Record):
    """A row that stays as it was written, and after what it names is gone."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
