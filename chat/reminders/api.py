"""REST: reminders."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from chat.messages.api.messages import MESSAGE
from chat.models import Reminder
from chat.reminders import services
from chat.reminders.schemas import MessageReminderIn, ReminderIn, ReminderOut, ReminderPatch
from lib.web.openapi import ID, MOMENT, OTHER_ID, show_example, wrap_page
from lib.web.pagination import PageQuery, slice_rows
from lib.web.schemas import Page, Slug

router = Router(tags=["messages"])

WHEN = {"remind_at": "2026-12-01T09:00:00", "time_zone": "Europe/Berlin"}
REMINDER = {
    "id": OTHER_ID,
    "organisation": "halyard",
    "room_id": ID,
    "message": MESSAGE,
    "is_of_message": True,
    "note": "",
    "remind_at": MOMENT,
    "wall_time": "2026-12-01T09:00:00",
    "time_zone": "Europe/Berlin",
    "reminded_at": None,
}
NOTE = REMINDER | {"message": None, "is_of_message": False, "note": "Water the plants"}


@router.put("/messages/{message_id}/reminder", response=ReminderOut, openapi_extra=show_example(REMINDER, body=WHEN))
def remind_of_message(request: ApiRequest, message_id: UUID, body: MessageReminderIn) -> ReminderOut:
    """Be reminded of a message at a time, instead of an earlier one. Only your own sockets hear of it.

    At that time you get a notification, which leads to the message; it says so where the message was deleted or you no
    longer see it. `reminder.saved` tells of it too, and `reminder.deleted` once you are done.
    """
    values = body.model_dump()
    return ReminderOut.of(services.remind_of_message(actor=request.auth, message_id=message_id, **values))


@router.delete("/messages/{message_id}/reminder", response={204: None})
def remove_message_reminder(request: ApiRequest, message_id: UUID) -> Status[None]:
    """Delete your reminder of a message. Where there is none this changes nothing."""
    services.remove_message_reminder(actor=request.auth, message_id=message_id)
    return Status(204, None)


@router.get("/me/reminders", response=Page[ReminderOut], openapi_extra=show_example(wrap_page(REMINDER)))
def list_reminders(request: ApiRequest, page: Query[PageQuery], org: Slug | None = None) -> Page[ReminderOut]:
    """List your reminders: those that you were told of, the latest first, then those to come, the next first."""
    own = Reminder.objects.made_by(request.auth).within(org).for_reader(request.auth)
    return slice_rows(list(own.by_time()), page, ReminderOut.of)


@router.post(
    "/orgs/{slug}/reminders",
    response={201: ReminderOut},
    openapi_extra=show_example(NOTE, status=201, body={"note": "Water the plants"} | WHEN),
)
def remind_of_note(request: ApiRequest, slug: Slug, body: ReminderIn) -> Status[ReminderOut]:
    """Be reminded of what you note, at a time; 200 reminders may be kept."""
    return Status(201, ReminderOut.of(services.remind_of_note(actor=request.auth, slug=slug, **body.model_dump())))


@router.patch("/reminders/{reminder_id}", response=ReminderOut, openapi_extra=show_example(NOTE, body=WHEN))
def change_reminder(request: ApiRequest, reminder_id: UUID, body: ReminderPatch) -> ReminderOut:
    """Move a reminder of yours to another time, also one that you were told of; or change its note."""
    given = body.model_dump(exclude_unset=True)
    return ReminderOut.of(services.change_reminder(actor=request.auth, reminder_id=reminder_id, **given))


@router.delete("/reminders/{reminder_id}", response={204: None})
def finish_reminder(request: ApiRequest, reminder_id: UUID) -> Status[None]:
    """Delete a reminder of yours, which you are done with."""
    services.finish_reminder(actor=request.auth, reminder_id=reminder_id)
    return Status(204, None)
