"""Show a long list a page at a time: the next one is loaded as the reader scrolls, or by a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from lib.web.pagination import PageQuery, encode_cursor
from lib.web.parameters import parse_number

ROWS = 50
# Nobody scrolls that far, and no offset is too large for the database.
MAX_PAGES = 10_000
PARAMETER = "page"
CURSOR = "cursor"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowPage(Generic[T]):
    """Some rows of a list; `next_url` is the address of those that follow, `first_url` that of the first ones.

    `number` is 1 for these, and any other for those behind a cursor.
    """

    rows: Sequence[T]
    number: int
    next_url: str | None
    first_url: str

    @property
    def is_first(self) -> bool:
        return self.number == 1


def get_row_page(
    request: HttpRequest, rows: QuerySet[Any, T], *, size: int = ROWS, path: str | None = None
) -> RowPage[T]:
    """Return the page of `rows` that the query string names, else the first. One query, and none that counts.

    `path` is the address of the list where the request has another.
    """
    number = min(max(parse_number(request, PARAMETER) or 1, 1), MAX_PAGES)
    found = list(rows[(number - 1) * size : number * size + 1])
    path = path or request.path
    next_url = _build_page_url(request, path, number + 1) if len(found) > size else None
    return RowPage(found[:size], number, next_url, _build_page_url(request, path, 1))


def build_cursor_page(
    request: HttpRequest, rows: Sequence[T], page: PageQuery, id_of: Callable[[T], UUID]
) -> RowPage[T]:
    """Return the page of rows behind a cursor, given one row more than it holds where others follow."""
    query = request.GET.copy()
    query.pop(CURSOR, None)
    first_url = f"{request.path}?{query.urlencode()}" if query else request.path
    found, next_url = rows[: page.limit], None
    if len(rows) > page.limit:
        query[CURSOR] = encode_cursor(id_of(found[-1]))
        next_url = f"{request.path}?{query.urlencode()}"
    return RowPage(found, 1 if page.cursor is None else 2, next_url, first_url)


def _build_page_url(request: HttpRequest, path: str, number: int) -> str:
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    if number > 1:
        query[PARAMETER] = str(number)
    return f"{path}?{query.urlencode()}" if query else path
