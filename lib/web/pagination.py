"""Lists in pages. The cursor is the last row's id, so that rows added meanwhile neither repeat nor hide others."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from lib.web.schemas import Page

MAX_LIMIT = 200


class PageQuery(Schema):
    """The two query parameters of every list: `page: Query[PageQuery]`."""

    limit: int = Field(default=50, ge=1, le=MAX_LIMIT)
    cursor: str | None = Field(default=None, max_length=100)

    @field_validator("cursor")
    @classmethod
    def _is_ours(cls, cursor: str | None) -> str | None:
        if cursor is not None:
            read_cursor(cursor)
        return cursor


Out = TypeVar("Out")


def paginate(
    rows: QuerySet[Any], page: PageQuery, present: Callable[[Any], Out], *, newest_first: bool = False, key: str = "pk"
) -> Page[Out]:
    """One page of `rows` in the order of their ids (`key`), each as `present` shows it. One query."""
    found = list(rows_after(rows, page, newest_first=newest_first, key=key))
    return page_of(found, page, present, lambda row: getattr(row, key))


def rows_after(rows: QuerySet[Any], page: PageQuery, *, newest_first: bool = False, key: str = "pk") -> QuerySet[Any]:
    """At most one row more than the page holds, beginning behind its cursor."""
    if page.cursor is not None:
        comparison = "lt" if newest_first else "gt"
        rows = rows.filter(**{f"{key}__{comparison}": read_cursor(page.cursor)})
    return rows.order_by(f"-{key}" if newest_first else key)[: page.limit + 1]


def page_of(
    found: Sequence[Any], page: PageQuery, present: Callable[[Any], Out], id_of: Callable[[Any], UUID]
) -> Page[Out]:
    """A page made of rows already in order, of which there may be one too many."""
    shown = found[: page.limit]
    more = len(found) > page.limit
    return Page.model_construct(
        items=[present(row) for row in shown], next_cursor=write_cursor(id_of(shown[-1])) if more else None
    )


def write_cursor(last_id: UUID) -> str:
    return base64.urlsafe_b64encode(last_id.bytes).decode().rstrip("=")


def read_cursor(cursor: str) -> UUID:
    try:
        last_id = UUID(bytes=base64.b64decode(cursor + "==", altchars=b"-_", validate=True))
    except ValueError as error:
        raise _not_ours() from error
    # The same bytes can be spelt in other ways; we gave out one.
    if write_cursor(last_id) != cursor:
        raise _not_ours()
    return last_id


def _not_ours() -> PydanticCustomError:
    return PydanticCustomError("cursor", "This is not a cursor we gave out.")
