"""Lists that an address narrows down: `?q=ali&role=admin&page=2`."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import ValidationError

from lib.web.pagination import PageQuery

PER_PAGE = 25

F = TypeVar("F", bound=Schema)


def filters_of(request: HttpRequest, filters: type[F]) -> F:
    """What the address chooses. What makes no sense there chooses nothing."""
    given = {name: request.GET[name] for name in filters.model_fields if request.GET.get(name)}
    try:
        return filters(**given)
    except ValidationError as error:
        wrong = {fault["loc"][0] for fault in error.errors()}
        return filters(**{name: value for name, value in given.items() if name not in wrong})


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The page that the address names, else the first or last."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def page_query(request: HttpRequest, *, size: int) -> PageQuery:
    """Where a list of `size` rows goes on by the cursor that the address names. What leads nowhere is not found."""
    try:
        return PageQuery(limit=size, cursor=request.GET.get("cursor"))
    except ValidationError as error:
        raise Http404 from error


def is_narrowed(filters: Schema) -> bool:
    """Whether they choose anything."""
    return any(filters.model_dump().values())
