"""Announce messages, read marks and typing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson

from accounts.models import User
from chat.messages.message_html import rendered
from chat.models import Message
from chat.topics import room_topic, user_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def messages_created(messages: Sequence[Message]) -> None:
    """Tell the rooms of what was said in them, in the order given."""
    publisher.publish([_message_event("message.created", message) for message in messages])


def message_updated(message: Message) -> None:
    publisher.publish([_message_event("message.updated", message)])


def message_deleted(message: Message) -> None:
    publisher.publish([_message_event("message.deleted", message)])


def message_read(*, user_id: UUID, room_id: UUID, seq: int, unread: int, mentions: int) -> None:
    """Tell a person's other sockets how far they have read."""
    payload = encode_frame("read", room=room_id, user=user_id, seq=seq, unread=unread, mentions=mentions)
    publisher.publish([Event(user_topic(user_id), payload)])


def typing(*, user: User, room_id: UUID, state: str) -> None:
    """Tell a room that somebody writes, or has stopped."""
    payload = encode_frame("typing", room=room_id, user={"id": user.pk, "name": user.name}, state=state)
    publisher.publish([Event(room_topic(room_id), payload)])


def _message_event(type: str, message: Message) -> Event:
    shown = rendered(message)
    payload = b'{"type":"%b","room":"%b","version":%d,"message":%b,"html":%b}' % (
        type.encode(),
        str(message.room_id).encode(),
        message.version,
        shown.json,
        orjson.dumps(shown.html),
    )
    return Event(room_topic(message.room_id), payload, version=message.version)
