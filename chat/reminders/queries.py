"""Load the reminders of a user."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organisation, User
from chat.models import Message, Reminder
from chat.room_names import direct_name, other_members_of


@dataclass(frozen=True, slots=True)
class ReminderEntry:
    """A reminder and where it leads: to its message, else to its room. Both are empty where the user sees neither."""

    reminder: Reminder
    message: Message | None
    room_name: str
    url: str

    @property
    def id(self) -> UUID:
        return self.reminder.pk

    @property
    def is_message_gone(self) -> bool:
        """Tell whether it is of a message that was deleted, or that the user no longer sees."""
        return self.reminder.is_of_message and self.message is None


def list_reminders(*, user: User, organisation: Organisation) -> list[ReminderEntry]:
    """Return all reminders of a user in an organisation, what they were told of first. Two queries.

    They are never more than `MAX_REMINDERS`.
    """
    rows = list(Reminder.objects.made_by(user).within(organisation.slug).for_reader(user).by_time())
    directs = {row.room_id for row in rows if row.is_room_visible and row.room and row.room.is_direct}
    others = other_members_of([room_id for room_id in directs if room_id], user)
    return [_describe_reminder(row, others, user) for row in rows]


def _describe_reminder(reminder: Reminder, others: dict[UUID, list[User]], user: User) -> ReminderEntry:
    message = reminder.message if reminder.is_message_visible else None
    room = reminder.room if reminder.is_room_visible else None
    if room is None:
        return ReminderEntry(reminder, message, "", "")
    name = direct_name(others.get(room.pk, []), user) if room.is_direct else room.full_name
    return ReminderEntry(reminder, message, name, (message or room).get_absolute_url())
