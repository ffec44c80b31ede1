"""REST: drafts, which follow you from device to device."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from chat.drafts import services
from chat.drafts.schemas import DraftIn, DraftOut
from chat.models import StoredDraft
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Moment, Page, Slug

router = Router(tags=["messages"])

FILE: dict[str, Any] = {
    "id": OTHER_ID,
    "name": "harbour.png",
    "mime_type": "image/png",
    "kind": "image",
    "size": 48213,
    "state": "ready",
    "url": f"/api/v1/assets/{OTHER_ID}/content",
    "thumbnail_url": f"/api/v1/assets/{OTHER_ID}/thumbnail?size=small",
    "preview_url": f"/api/v1/assets/{OTHER_ID}/thumbnail?size=large",
    "width": 1280,
    "height": 960,
    "duration": None,
    "pages": None,
    "placeholder": None,
    "alt_text": "Two boats at low tide",
}
DRAFT: dict[str, Any] = {
    "room_id": ID,
    "thread_id": None,
    "reply_to": OTHER_ID,
    "quote": {"id": OTHER_ID, "name": "Bob Tanaka", "excerpt": "Are the sketches up?"},
    "content": "Yes, and so are",
    "asset_ids": [OTHER_ID],
    "assets": [FILE],
    "is_writable": True,
    "updated_at": MOMENT,
}


@router.get("/rooms/{room_id}/draft", response=DraftOut, openapi_extra=show_example(DRAFT))
def get_draft(request: ApiRequest, room_id: UUID, thread_id: UUID | None = None) -> DraftOut:
    """Show what you have typed in a room, or in a thread of it, and not sent; 404 where that is nothing."""
    drafts = StoredDraft.objects.written_by(request.auth).at(room_id, thread_id)
    return DraftOut.of(drafts.for_reader(request.auth).get())


@router.put(
    "/rooms/{room_id}/draft",
    response={200: DraftOut, **list_problems(403)},
    openapi_extra=show_example(
        DRAFT, body={"content": "Yes, and so are", "asset_ids": [OTHER_ID], "seen_asset_ids": []}
    ),
)
def save_draft(request: ApiRequest, room_id: UUID, body: DraftIn) -> DraftOut:
    """Keep what you have typed in a room, or in a thread of it. The draft that was saved last wins.

    With `seen_asset_ids`, what your other devices have done to its files meanwhile stays. Its files are kept as long as
    it is, and may be all of it. Only your own sockets hear of it: `draft.saved`, also when one of its files looks
    different, and `draft.deleted` when it is gone.
    """
    return DraftOut.of(services.save_draft(actor=request.auth, room_id=room_id, **body.model_dump()))


@router.delete("/rooms/{room_id}/draft", response={204: None})
def delete_draft(
    request: ApiRequest, room_id: UUID, thread_id: UUID | None = None, saved_until: Moment | None = None
) -> Status[None]:
    """Delete your draft for a room, or for a thread of it. Where there is none this changes nothing.

    With `saved_until`, the `updated_at` that you know, one that was saved later stays.
    """
    services.delete_draft(actor=request.auth, room_id=room_id, thread_id=thread_id, saved_until=saved_until)
    return Status(204, None)


@router.get("/me/drafts", response=Page[DraftOut], openapi_extra=show_example(wrap_page(DRAFT)))
def list_drafts(request: ApiRequest, page: Query[PageQuery], org: Slug | None = None) -> Page[DraftOut]:
    """List your drafts of all devices, the one saved last first; of one organisation where given.

    Those in rooms that you have left are among them.
    """
    drafts = StoredDraft.objects.written_by(request.auth).within(org).for_reader(request.auth)
    return paginate(drafts, page, DraftOut.of, newest_first=True, key="saved_id")
