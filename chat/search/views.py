"""Show what a search finds: rooms, people and messages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.decorators import is_fragment_request, is_rows_request
from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.search.cursors import Cursor, parse_cursor
from chat.search.language import MAX_QUERY
from chat.search.menus import MENUS, build_menus, rewrite_query
from chat.search.queries.messages import FIRST_CURSOR, FoundPage, Order, search_messages
from chat.search.queries.places import Places, search_places
from chat.search.queries.sources import search_sources
from chat.sidebar.page import page_context, signed_in_page
from lib.web.row_pages import RowPage

PAGE = 20


@require_safe
@signed_in_page
def search_page(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a page of results, or to a script the results alone (`X-Fragment: 1`), or further rows of them (`rows`).

    What was chosen from menus leads to the query that says the same.
    """
    own = require_membership(request.user, slug)
    own.user = request.user
    q = request.GET.get("q", "").strip()[:MAX_QUERY]
    order: Order = "newest" if request.GET.get("sort") == "newest" else "relevance"
    if chosen := {key: request.GET[key] for key in MENUS if request.GET.get(key)}:
        return redirect(_build_address(request, rewrite_query(q, chosen)[:MAX_QUERY], order))
    cursor = _read_cursor(request)
    page = search_messages(
        user=request.user, organisation=own.organisation, q=q, order=order, cursor=cursor or FIRST_CURSOR, limit=PAGE
    )
    context: dict[str, Any] = {"rows": _build_rows(request, page, q, order), "found": page, "q": q, "sort": order}
    if is_rows_request(request):
        return render(request, "chat/search/_rows.html", context)
    context["places"] = Places([], []) if cursor else search_places(own=own, q=q)
    context["sections"] = [] if cursor else search_sources(own=own, q=q)
    context |= {"own": own, "menus": build_menus(own=own, q=q)}
    if is_fragment_request(request):
        return render(request, "chat/search/_results.html", context)
    return render(
        request,
        "chat/search/search.html",
        page_context(request, own.organisation, here="search", max_length=MAX_QUERY, **context),
    )


def _read_cursor(request: SignedInRequest) -> Cursor | None:
    text = request.GET.get("cursor")
    if text is None:
        return None
    cursor = parse_cursor(text)
    if cursor is None:
        raise Http404
    return cursor


def _build_rows(request: SignedInRequest, page: FoundPage, q: str, order: Order) -> RowPage[Any]:
    """Return the results as rows with the address of those that follow."""
    first_url = _build_address(request, q, order)
    next_url = f"{first_url}&{urlencode({'cursor': str(page.next_cursor)})}" if page.next_cursor else None
    return RowPage(page.items, 1 if "cursor" not in request.GET else 2, next_url, first_url)


def _build_address(request: SignedInRequest, q: str, order: Order) -> str:
    return f"{request.path}?{urlencode({'q': q} | ({'sort': order} if order == 'newest' else {}))}"
