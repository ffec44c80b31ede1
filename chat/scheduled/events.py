"""Announce messages that are to be sent later to their author's own sockets."""

from __future__ import annotations

from uuid import UUID

from accounts.topics import user_topic
from chat.models import ScheduledMessage
from chat.scheduled.schemas import ScheduledOut
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def scheduled_saved(scheduled: ScheduledMessage) -> None:
    """Tell a user's own sockets what is to be sent when, or why it was not. The message is loaded `for_reader`."""
    payload = encode_frame("scheduled.saved", room=scheduled.room_id, scheduled=ScheduledOut.of(scheduled))
    publisher.publish([Event(user_topic(scheduled.user_id), payload)])


def scheduled_deleted(*, user_id: UUID, scheduled_id: UUID, room_id: UUID | None, is_sent: bool) -> None:
    """Tell a user's own sockets that a message was sent, or will not be."""
    payload = encode_frame("scheduled.deleted", room=room_id, id=scheduled_id, is_sent=is_sent)
    publisher.publish([Event(user_topic(user_id), payload)])
