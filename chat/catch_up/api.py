"""REST: mark everything as read, and take that back."""

from __future__ import annotations

from ninja import Router

from accounts.requests import ApiRequest
from chat.catch_up import services
from chat.catch_up.schemas import MovedMarks
from lib.web.openapi import ID, OTHER_ID, show_example
from lib.web.schemas import Slug

router = Router(tags=["messages"])

MOVED = {
    "rooms": [{"room_id": ID, "before": 41, "after": 57}],
    "threads": [{"root_id": OTHER_ID, "before": 0, "after": 4}],
}


@router.post("/orgs/{slug}/read", response=MovedMarks, openapi_extra=show_example(MOVED))
def mark_all_read(request: ApiRequest, slug: Slug) -> MovedMarks:
    """Mark all your rooms of an organisation as read, and all threads that you follow there.

    The answer tells which of your read marks were moved; with it `POST /orgs/{slug}/read/undo` moves them back.
    """
    return services.mark_all_read(actor=request.auth, slug=slug)


@router.post("/orgs/{slug}/read/undo", response=MovedMarks, openapi_extra=show_example(MOVED, body=MOVED))
def undo_mark_all_read(request: ApiRequest, slug: Slug, body: MovedMarks) -> MovedMarks:
    """Move your read marks back to where they were before you marked all as read. The answer tells which were.

    A mark that has moved since stays where it is.
    """
    return services.undo_mark_all_read(actor=request.auth, slug=slug, moved=body)
