"""Announce reminders to the sockets of the user who made them."""

from __future__ import annotations

from uuid import UUID

from accounts.topics import user_topic
from chat.models import Reminder
from chat.reminders.schemas import ReminderOut
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def reminder_saved(reminder: Reminder) -> None:
    """Tell a user's own sockets of a reminder that was made, moved, or is due. It is loaded `for_reader`."""
    payload = encode_frame("reminder.saved", reminder=ReminderOut.of(reminder))
    publisher.publish([Event(user_topic(reminder.user_id), payload)])


def reminder_deleted(*, user_id: UUID, reminder_id: UUID) -> None:
    """Tell a user's own sockets of a reminder that they are done with."""
    payload = encode_frame("reminder.deleted", id=reminder_id)
    publisher.publish([Event(user_topic(user_id), payload)])
