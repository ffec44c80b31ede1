"""Split lists into pages. The cursor is the id of the last row, so that new rows neither repeat nor hide others."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from pydantic import Field, ValidationError, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from lib.web.schemas import Page, Schema

MAX_LIMIT = 200


class PageQuery(Schema):
    """Query parameters of every list: `page: Query[PageQuery]`."""

    limit: int = Field(default=50, ge=1, le=MAX_LIMIT)
    cursor: str | None = Field(default=None, max_length=100)

    @field_validator("cursor")
    @classmethod
    def _check_cursor(cls, cursor: str | None) -> str | None:
        if cursor is not None:
            decode_cursor(cursor)
        return cursor


Out = TypeVar("Out")


def paginate(
    rows: QuerySet[Any], page: PageQuery, present: Callable[[Any], Out], *, newest_first: bool = False, key: str = "pk"
) -> Page[Out]:
    """Return one page of `rows` in the order of their ids (`key`), each converted by `present`. One query."""
    selected = list(select_page_rows(rows, page, newest_first=newest_first, key=key))
    return build_page(selected, page, present, lambda row: getattr(row, key))


def select_page_rows(
    rows: QuerySet[Any], page: PageQuery, *, newest_first: bool = False, key: str = "pk"
) -> QuerySet[Any]:
    """Select the rows behind the cursor of a page, at most one more than the page holds."""
    if page.cursor is not None:
        comparison = "lt" if newest_first else "gt"
        rows = rows.filter(**{f"{key}__{comparison}": decode_cursor(page.cursor)})
    return rows.order_by(f"-{key}" if newest_first else key)[: page.limit + 1]


def build_page(
    rows: Sequence[Any], page: PageQuery, present: Callable[[Any], Out], id_of: Callable[[Any], UUID]
) -> Page[Out]:
    """Build a page of rows in order; one row more than its limit means that another page follows."""
    items = rows[: page.limit]
    more = len(rows) > page.limit
    return Page.model_construct(
        items=[present(row) for row in items], next_cursor=encode_cursor(id_of(items[-1])) if more else None
    )


def slice_rows(rows: Sequence[Any], page: PageQuery, present: Callable[[Any], Out]) -> Page[Out]:
    """Return one page of a short list that is loaded whole. Its cursors hold the place of the last row."""
    start = decode_cursor(page.cursor).int if page.cursor is not None else 0
    numbered = list(enumerate(rows, 1))[start : start + page.limit + 1]
    return build_page(numbered, page, lambda row: present(row[1]), lambda row: UUID(int=row[0]))


def encode_cursor(last_id: UUID) -> str:
    """Return the cursor of a page that ends with this id: 22 characters of URL-safe base64."""
    return base64.urlsafe_b64encode(last_id.bytes).decode().rstrip("=")


def decode_cursor(cursor: str) -> UUID:
    """Return the id in a cursor; raise `PydanticCustomError` for any text that `encode_cursor` did not make."""
    try:
        last_id = UUID(bytes=base64.b64decode(cursor + "==", altchars=b"-_", validate=True))
    except ValueError as error:
        raise build_cursor_error() from error
    # Base64 has other spellings of the same bytes.
    if encode_cursor(last_id) != cursor:
        raise build_cursor_error()
    return last_id


def build_place_error(cursor: str) -> ValidationError:
    """Return the error of a cursor that is checked beside other parameters, as their whole: it names the cursor."""
    fault = InitErrorDetails(type=build_cursor_error(), loc=("cursor",), input=cursor)
    return ValidationError.from_exception_data("cursor", [fault])


def build_cursor_error() -> PydanticCustomError:
    """Return the error of a cursor that no list has given out."""
    return PydanticCustomError("cursor", "This is not a cursor we gave out.")
