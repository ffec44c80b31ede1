"""Announce what has happened in rooms."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation

from accounts.models import User
from chat.models import SystemMessage
from chat.system_messages.schemas import SHOWN_USERS, SystemMessageOut
from chat.topics import room_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def system_message_created(message: SystemMessage, users: Sequence[User]) -> None:
    """Announce a system message to its room. Members read many languages: its text is English, its parts are there."""
    with translation.override("en"):
        shown = SystemMessageOut.of(message, users[:SHOWN_USERS])
    payload = encode_frame("system_message.created", room=message.room_id, system_message=shown)
    publisher.publish([Event(room_topic(message.room_id), payload)])
