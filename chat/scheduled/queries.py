"""Load the messages of a user that are to be sent later."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.models import Organisation, User
from chat.attachments.schemas import AssetRef
from chat.drafts.schemas import QuoteOut
from chat.models import ScheduledMessage
from chat.room_names import direct_name, other_members_of
from chat.scheduled.failures import describe_failure
from chat.scheduled.schemas import ScheduledOut


@dataclass(frozen=True, slots=True)
class ScheduledEntry:
    """A message and where it goes. `room_name` and `url` are empty where the user no longer sees the room."""

    scheduled: ScheduledMessage
    room_name: str
    url: str
    quote: QuoteOut | None
    files: list[AssetRef]
    lost_files: int

    @property
    def failure(self) -> str:
        """Return why it could not be sent, in the active language; empty where it waits."""
        return describe_failure(self.scheduled.failure) if self.scheduled.is_failed else ""

    @property
    def id(self) -> UUID:
        return self.scheduled.pk


def list_scheduled(*, user: User, organisation: Organisation) -> list[ScheduledEntry]:
    """Return all that a user has scheduled in an organisation: what could not be sent first, then by time.

    Three queries, four with files. They are never more than `MAX_SCHEDULED`.
    """
    own = ScheduledMessage.objects.written_by(user).within(organisation.slug).for_reader(user)
    rows = list(own.by_time())
    directs = {row.room.pk for row in rows if row.is_visible and row.room and row.room.is_direct}
    others = other_members_of(list(directs), user)
    return [_describe_message(row, others, user) for row in rows]


def _describe_message(scheduled: ScheduledMessage, others: dict[UUID, list[User]], user: User) -> ScheduledEntry:
    shape = ScheduledOut.of(scheduled)
    shown = shape.quote, shape.assets, len(shape.asset_ids) - len(shape.assets)
    room = scheduled.room if scheduled.is_visible else None
    if room is None:
        return ScheduledEntry(scheduled, "", "", *shown)
    name = direct_name(others.get(room.pk, []), user) if room.is_direct else room.full_name
    thread_id = scheduled.thread_id
    url = reverse("chat:thread", args=[thread_id]) if thread_id else room.get_absolute_url()
    return ScheduledEntry(scheduled, name, url, *shown)
