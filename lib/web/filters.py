"""Read the filters and the page of a list from the query string: `?q=ali&role=admin&page=2`."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from pydantic import ValidationError

from lib.web.pagination import PageQuery
from lib.web.schemas import Schema

PER_PAGE = 25
MAX_SEARCH = 80

F = TypeVar("F", bound=Schema)


def read_filters(request: HttpRequest, filters: type[F]) -> F:
    """Return the filters of the query string; invalid values count as absent."""
    chosen = {name: request.GET[name] for name in filters.model_fields if request.GET.get(name)}
    try:
        return filters(**chosen)
    except ValidationError as error:
        invalid = {fault["loc"][0] for fault in error.errors()}
        return filters(**{name: value for name, value in chosen.items() if name not in invalid})


def read_search(request: HttpRequest, name: str = "q") -> str:
    """Return what the query string searches for, at most 80 characters of it."""
    return request.GET.get(name, "").strip()[:MAX_SEARCH].replace("\0", "")


def get_page(request: HttpRequest, rows: QuerySet[Any], *, count: int | None = None) -> Page[Any]:
    """Return the page that the query string names, of 25 rows, else the first or the last.

    Two queries; one where `count` says how many rows there are.
    """
    paginator = Paginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = count  # a cached property
    return paginator.get_page(request.GET.get("page"))


def read_page_query(request: HttpRequest, *, size: int) -> PageQuery:
    """Return the cursor of the query string for pages of `size` rows; raise `Http404` for an invalid one."""
    try:
        return PageQuery(limit=size, cursor=request.GET.get("cursor"))
    except ValidationError as error:
        raise Http404 from error


def is_narrowed(filters: Schema) -> bool:
    """Tell whether any filter is set."""
    return any(filters.model_dump().values())
