"""Announce messages, read marks and typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import orjson

from accounts.models import User
from accounts.topics import user_topic
from chat.messages.message_html import render_message
from chat.messages.queries.thread_states import ThreadState
from chat.models import Message
from chat.topics import room_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def messages_created(messages: Sequence[Message]) -> None:
    """Announce new messages to their rooms, in the order given."""
    publisher.publish([_build_message_event("message.created", message) for message in messages])


def replies_created(messages: Sequence[Message], roots: Sequence[Message], states: Sequence[ThreadState]) -> None:
    """Announce new messages, the roots of the threads that they are in, and to followers how much they have to read."""
    created = [_build_message_event("message.created", message) for message in messages]
    updated = [_build_message_event("message.updated", root) for root in roots]
    publisher.publish([*created, *updated, *map(_build_thread_event, states)])


def threads_changed(states: Sequence[ThreadState]) -> None:
    """Tell followers of threads how far they have read in them and how much is left."""
    publisher.publish([_build_thread_event(state) for state in states])


def thread_unfollowed(*, user_id: UUID, room_id: UUID, thread_id: UUID) -> None:
    """Tell a user's own sockets that they no longer follow a thread."""
    payload = encode_frame("thread.unfollowed", room=room_id, thread_id=thread_id)
    publisher.publish([Event(user_topic(user_id), payload)])


def message_updated(message: Message) -> None:
    """Announce an edited, pinned or reacted-to message to its room."""
    publisher.publish([_build_message_event("message.updated", message)])


def message_deleted(message: Message) -> None:
    """Announce a deleted message to its room."""
    publisher.publish([_build_message_event("message.deleted", message)])


def message_read(*, user_id: UUID, room_id: UUID, seq: int, unread: int, mentions: int) -> None:
    """Tell a user's own sockets how far they have read."""
    publisher.publish([_build_read_event(user_id, ReadMark(room_id, seq, unread, mentions))])


class ReadMark(NamedTuple):
    """How far a user has read in a room, and how many messages and mentions follow."""

    room_id: UUID
    seq: int
    unread: int
    mentions: int


def marks_moved(user_id: UUID, marks: Sequence[ReadMark]) -> None:
    """Tell a user's own sockets how far they have read in several rooms."""
    publisher.publish([_build_read_event(user_id, mark) for mark in marks])


def typing_changed(*, user: User, room_id: UUID, thread_id: UUID | None, state: str) -> None:
    """Tell a room that a user is typing, or has stopped, in it or in one of its threads."""
    who = {"id": user.pk, "name": user.name}
    payload = encode_frame("typing", room=room_id, thread_id=thread_id, user=who, state=state)
    publisher.publish([Event(room_topic(room_id), payload)])


def _build_read_event(user_id: UUID, mark: ReadMark) -> Event:
    room_id, seq, unread, mentions = mark
    payload = encode_frame("read", room=room_id, user=user_id, seq=seq, unread=unread, mentions=mentions)
    return Event(user_topic(user_id), payload)


def _build_thread_event(state: ThreadState) -> Event:
    payload = encode_frame(
        "thread.read",
        room=state.room_id,
        thread_id=state.thread_id,
        last_seq=state.last_seq,
        seq=state.last_read_seq,
        unread=state.unread,
        mentions=state.mentions,
    )
    return Event(user_topic(state.user_id), payload)


def _build_message_event(type: str, message: Message) -> Event:
    rendered = render_message(message)
    payload = b'{"type":"%b","room":"%b","version":%d,"message":%b,"html":%b}' % (
        type.encode(),
        str(message.room_id).encode(),
        message.version,
        rendered.json,
        orjson.dumps(rendered.html),
    )
    return Event(room_topic(message.room_id), payload, version=message.version)
