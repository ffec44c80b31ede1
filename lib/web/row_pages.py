"""Show a long list a page at a time: the next one is loaded as the reader scrolls, or by a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from lib.web.parameters import parse_number

ROWS = 50
# Nobody scrolls that far, and no offset is too large for the database.
MAX_PAGES = 10_000
PARAMETER = "page"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowPage(Generic[T]):
    """Some rows of a list; `next_url` is the address of those that follow, `first_url` that of the first ones."""

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


def _build_page_url(request: HttpRequest, path: str, number: int) -> str:
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    if number > 1:
        query[PARAMETER] = str(number)
    return f"{path}?{query.urlencode()}" if query else path
