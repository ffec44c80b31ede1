"""Whatever happens in a room: how much is unread and mentions one is, as clients count it, is what the tables hold."""

from collections.abc import Iterable
from random import Random
from typing import Any

import orjson
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from accounts.topics import user_topic
from chat.messages.queries.thread_states import list_thread_states
from chat.models import Mention, Message, Room, RoomMember, Thread
from chat.socket.welcome import build_welcome, load_joined_rooms
from chat.topics import room_topic
from lib.realtime.hub import Event
from tests.chat.chance import something_happens

STEPS = 80


class Reader:
    """A client that counts as the sidebar does, from what it hears; it asks anew when it has been away."""

    def __init__(self, user: User, room: Room) -> None:
        self.user, self.room = user, room
        self.topics = (room_topic(room.pk), user_topic(user.pk))
        self.is_connected = False
        self.connect()

    def connect(self) -> None:
        if self.is_connected:
            return
        self.is_connected = True
        welcome = orjson.loads(build_welcome(self.user, load_joined_rooms(self.user)).payload)
        (found,) = [room for room in welcome["rooms"] if room["id"] == str(self.room.pk)]
        self.unread, self.mentions = found["unread"], found["mentions"]
        states = list_thread_states(list(Thread.objects.values_list("pk", flat=True)), [self.user.pk])
        self.threads = {str(state.thread_id): (state.unread, state.mentions) for state in states}

    def hear(self, events: Iterable[Event]) -> None:
        for event in events:
            if self.is_connected and event.topic in self.topics:
                self._take_frame(orjson.loads(event.frame))

    def _take_frame(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "read":
            self.unread, self.mentions = frame["unread"], frame["mentions"]
        elif frame["type"] == "thread.read":
            self.threads[frame["thread_id"]] = (frame["unread"], frame["mentions"])
        elif frame["type"] == "message.created" and frame["message"]["seq"] is not None:
            self._count_message(frame["message"])

    def _count_message(self, message: dict[str, Any]) -> None:
        me = str(self.user.pk)
        if message["author"]["id"] == me:
            self.unread = self.mentions = 0
            return
        self.unread += 1
        self.mentions += message["broadcast"] is not None or me in message["mentions"]


def count_by_tables(user: User, room: Room) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """Count what is beyond the read marks one by one, by what the messages say, and not by stored numbers."""
    mark = RoomMember.objects.get(room=room, user=user).last_read_seq
    beyond = Message.objects.filter(room=room, seq__gt=mark)
    threads = {}
    for follow in user.thread_follows.all():
        replies = Message.objects.filter(thread=follow.thread_id, thread_seq__gt=follow.last_read_seq)
        told = [reply for reply in replies if reply.seq is None and is_told(user, reply)]
        threads[str(follow.thread_id)] = (replies.count(), len(told))
    return beyond.count(), sum(is_told(user, message) for message in beyond), threads


def is_told(user: User, message: Message) -> bool:
    """Tell whether a message is to a user. A broadcast in a thread alone is to who followed it then, as was stored."""
    if message.is_deleted or str(user.pk) in message.mentioned_ids:  # by oneself too: it counts once one goes back
        return not message.is_deleted
    if message.seq is None and message.broadcast:
        return Mention.objects.filter(user=user, message=message).exists()
    return bool(message.broadcast) and message.author_id != user.pk


@pytest.mark.parametrize("seed", range(6))
def test_clients_count_what_the_tables_hold(
    alice: User,
    bob: User,
    robin: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    seed: int,
) -> None:
    rng = Random(seed)
    readers = [Reader(alice, room), Reader(bob, room)]
    most = 0
    for _ in range(STEPS):
        with django_capture_on_commit_callbacks(execute=True):
            something_happens(rng, [alice, bob, robin, robin], room)
        for reader in readers:
            reader.hear(published)
            if rng.random() < 0.1:
                reader.is_connected = False
            elif rng.random() < 0.5:
                reader.connect()
            if reader.is_connected:
                assert (reader.unread, reader.mentions, reader.threads) == count_by_tables(reader.user, room)
                most = max(most, reader.mentions)
        published.clear()

    assert most > 1
