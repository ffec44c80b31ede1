"""REST: search."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import AuthorOut, MessageOut
from chat.search.cursors import parse_cursor
from chat.search.queries.messages import FIRST_CURSOR, FoundMessage, search_messages
from chat.search.queries.places import Places, search_places
from chat.search.queries.sources import search_sources
from chat.search.schemas import FoundFileOut, FoundMessageOut, FoundOtherOut, FoundRoomOut, SearchOut, SearchQuery
from lib.web.openapi import ID, show_example, wrap_page

router = Router(tags=["messages"])

FOUND = MESSAGE | {
    "snippet": "Morning! The <mark>harbour</mark> sketches are up.",
    "room_name": "design",
    "found_file": None,
}
EXAMPLE: dict[str, Any] = wrap_page(FOUND) | {
    "total": 1,
    "is_total_exact": True,
    "rooms": [{"id": ID, "name": "harbour-offices", "kind": "channel"}],
    "users": [],
    "others": [
        {
            "kind": "task",
            "id": ID,
            "name": "ATR-12 Harbour light",
            "note": "Atrium",
            "state": "Pending",
            "url": f"/tasks/{ID}/",
        }
    ],
    "left_out": [],
}


@router.get("/search", response=SearchOut, openapi_extra=show_example(EXAMPLE))
def search_organisation(request: ApiRequest, query: Query[SearchQuery]) -> SearchOut:
    """Search the messages of an organisation that you can see, and its rooms and users.

    `q` holds words, of which pieces are found too, and phrases in quotation marks; a `-` before any of them excludes.
    Filters: `from:bob`, `in:design`, `in:@bob`, `has:link`, `has:code`, `has:reaction`, `has:pin`, `has:thread`,
    `has:file`, `has:image`, `has:video`, `has:audio`, `has:pdf`, `in-file:rent` (a word in the text of a file),
    `is:thread`, `is:unread`, `mentions:me`, `before:`, `after:`, `on:` and `during:` a day, month or year (`2026-03`,
    `yesterday`).
    """
    own = require_membership(request.auth, query.org)
    cursor = parse_cursor(query.cursor) if query.cursor else None
    page = search_messages(
        user=request.auth,
        organisation=own.organisation,
        q=query.q,
        order=query.sort,
        cursor=cursor or FIRST_CURSOR,
        limit=query.limit,
    )
    own.user = request.auth
    places = Places([], []) if cursor else search_places(own=own, q=query.q)
    sections = [] if cursor else search_sources(own=own, q=query.q)
    return SearchOut.model_construct(
        items=[_build_item(item) for item in page.items],
        next_cursor=str(page.next_cursor) if page.next_cursor else None,
        total=page.total and page.total.number,
        is_total_exact=page.total is not None and page.total.is_exact,
        rooms=[FoundRoomOut.of(room) for room in places.rooms],
        users=[AuthorOut.model_validate(user, from_attributes=True) for user in places.users],
        others=[FoundOtherOut.model_construct(**each._asdict()) for section in sections for each in section.items],
        left_out=list(page.left_out),
    )


def _build_item(found: FoundMessage) -> FoundMessageOut:
    shape = MessageOut.of(found.message)
    return FoundMessageOut.model_construct(
        **dict(shape),
        snippet=str(found.snippet),
        room_name=found.room_name,
        found_file=found.file and FoundFileOut(id=found.file.id, name=found.file.name, snippet=str(found.file.snippet)),
    )
