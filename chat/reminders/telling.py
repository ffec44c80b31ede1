"""Tell users of their reminders, each once: it is marked as told in the transaction that makes the notification."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from chat.models import Reminder
from chat.reminders import events
from lib.db.transactions import after_commit
from lib.text.wall_times import renew_instant
from notifications.inbox.services import notify

# Of the notifications.
KIND = "reminder"
# Told in one sweep: after a long time without a server, the others follow a minute later.
MAX_SWEPT = 100


@transaction.atomic
def tell_reminder(reminder_id: UUID) -> bool:
    """Tell a user of a reminder whose time has come; return whether this call did."""
    now = timezone.now()
    if not Reminder.objects.due(now).filter(pk=reminder_id).update(reminded_at=now, updated_at=now):
        return False
    told = Reminder.objects.select_related("user", "organisation").get(pk=reminder_id)
    room_url = reverse("chat:room", args=[told.room_id]) if told.room_id and not told.is_of_message else None
    notify(
        kind=KIND,
        recipients=[told.user_id],
        organisation_id=told.organisation_id,
        subject=told.pk,
        url=room_url or reverse("chat:reminders", args=[told.organisation.slug]),
        data={
            "note": told.note,
            "message": str(told.message_id) if told.message_id else None,
            "is_of_message": told.is_of_message,
        },
    )
    after_commit(events.reminder_saved, Reminder.objects.for_reader(told.user).get(pk=reminder_id))
    return True


def renew_times() -> list[Reminder]:
    """Move what waits to the time that the clock on the wall is to show, where a zone has other rules by now.

    Return what was moved.
    """
    moved = []
    for reminder in Reminder.objects.waiting().iterator(chunk_size=500):
        instant = renew_instant(reminder.remind_at, reminder.wall_time, reminder.time_zone)
        if instant != reminder.remind_at:
            Reminder.objects.waiting().filter(pk=reminder.pk).update(remind_at=instant)
            reminder.remind_at = instant
            moved.append(reminder)
    return moved


def sweep_due_reminders() -> int:
    """Tell of all reminders that are due and were not told. Return how many were looked at."""
    due = Reminder.objects.due(timezone.now()).order_by("remind_at")
    ids = list(due.values_list("pk", flat=True)[:MAX_SWEPT])
    for reminder_id in ids:
        tell_reminder(reminder_id)
    return len(ids)
