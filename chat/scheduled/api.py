"""REST: messages that are to be sent later."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from chat.drafts.api import DRAFT
from chat.drafts.schemas import DraftOut
from chat.messages.api.messages import MESSAGE
from chat.messages.schemas import MessageOut
from chat.models import ScheduledMessage, StoredDraft
from chat.scheduled import services
from chat.scheduled.schemas import ScheduledIn, ScheduledOut, ScheduledPatch, SentOut
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, slice_rows
from lib.web.schemas import Page, Slug

router = Router(tags=["messages"])

WHEN = {"send_at": "2026-12-01T09:00:00", "time_zone": "Europe/Berlin"}
SCHEDULED: dict[str, Any] = {
    "id": OTHER_ID,
    "room_id": ID,
    "thread_id": None,
    "reply_to": None,
    "quote": None,
    "also_in_room": False,
    "content": "Good morning!",
    "asset_ids": [],
    "assets": [],
    "client_id": OTHER_ID,
    "send_at": MOMENT,
    "wall_time": "2026-12-01T09:00:00",
    "time_zone": "Europe/Berlin",
    "state": "waiting",
    "failure": None,
    "is_writable": True,
}


@router.post(
    "/rooms/{room_id}/scheduled",
    response={201: ScheduledOut, 200: ScheduledOut, **list_problems(403, 409)},
    openapi_extra=show_example(SCHEDULED, body={"content": "Good morning!"} | WHEN, also={201: SCHEDULED}),
)
def schedule_message(request: ApiRequest, room_id: UUID, body: ScheduledIn) -> Status[ScheduledOut]:
    """Keep a message to be sent in a room, or in a thread of it, at a time; 100 may wait.

    It is sent once, as you, with the rights that you have then; where you have none it stays here, with the reason, and
    you are told. A text like `/me waves` is posted as it is: commands are not run later. Only your own sockets hear of
    it: `scheduled.saved`, and `scheduled.deleted` when it was sent or deleted.
    """
    scheduled, is_new = services.schedule_message(actor=request.auth, room_id=room_id, **body.model_dump())
    return Status(201 if is_new else 200, ScheduledOut.of(scheduled))


@router.get("/me/scheduled", response=Page[ScheduledOut], openapi_extra=show_example(wrap_page(SCHEDULED)))
def list_scheduled(request: ApiRequest, page: Query[PageQuery], org: Slug | None = None) -> Page[ScheduledOut]:
    """List your messages that are to be sent later: those that could not be sent first, then by time."""
    own = ScheduledMessage.objects.written_by(request.auth).within(org).for_reader(request.auth)
    return slice_rows(list(own.by_time()), page, ScheduledOut.of)


@router.patch(
    "/scheduled/{scheduled_id}",
    response={200: ScheduledOut, **list_problems(409)},
    openapi_extra=show_example(SCHEDULED, body={"content": "Good morning!"} | WHEN),
)
def change_scheduled_message(request: ApiRequest, scheduled_id: UUID, body: ScheduledPatch) -> ScheduledOut:
    """Change the text, the files or the time of a message of yours.

    With a new time, one that could not be sent waits again.
    """
    given = body.model_dump(exclude_unset=True)
    return ScheduledOut.of(services.change_scheduled_message(actor=request.auth, scheduled_id=scheduled_id, **given))


@router.delete("/scheduled/{scheduled_id}", response={204: None, **list_problems(409)})
def delete_scheduled_message(request: ApiRequest, scheduled_id: UUID) -> Status[None]:
    """Delete a message of yours unsent."""
    services.delete_scheduled_message(actor=request.auth, scheduled_id=scheduled_id)
    return Status(204, None)


@router.post(
    "/scheduled/{scheduled_id}/draft",
    response={200: DraftOut, **list_problems(403, 409)},
    openapi_extra=show_example(DRAFT),
)
def return_scheduled_message(request: ApiRequest, scheduled_id: UUID) -> DraftOut:
    """Make a message of yours the draft of its room or thread again, above what you have typed there since."""
    draft = services.return_to_composer(actor=request.auth, scheduled_id=scheduled_id)
    return DraftOut.of(StoredDraft.objects.for_reader(request.auth).get(pk=draft.pk))


@router.post(
    "/scheduled/{scheduled_id}/send",
    response={200: SentOut, **list_problems(409)},
    openapi_extra=show_example({"message": MESSAGE, "failure": None}),
)
def send_scheduled_message(request: ApiRequest, scheduled_id: UUID) -> SentOut:
    """Send a message of yours at once. Where it is refused it stays, with the reason; `message` is null then."""
    posted = services.send_scheduled_message(actor=request.auth, scheduled_id=scheduled_id)
    if posted is not None:
        return SentOut.model_construct(message=MessageOut.of(posted.message), failure=None)
    kept = ScheduledMessage.objects.written_by(request.auth).get(pk=scheduled_id)
    return SentOut.model_construct(message=None, failure=kept.failure)
