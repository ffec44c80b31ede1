"""How far somebody has read."""

import orjson
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.messages.services.read import mark_read
from chat.models import Room
from lib.realtime.hub import Event
from tests.chat.steps import say


def test_reading_goes_forth_and_back_but_not_past_the_end(alice: User, bob: User, room: Room) -> None:
    for _ in range(3):
        say(alice, room)

    assert mark_read(actor=bob, room_id=room.pk, seq=2).unread == 1
    assert mark_read(actor=bob, room_id=room.pk, seq=0).unread == 3
    assert mark_read(actor=bob, room_id=room.pk, seq=99).unread == 0


def test_reading_tells_ones_other_sockets_only(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    say(alice, room)
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(actor=bob, room_id=room.pk, seq=1)

    [event] = published
    assert event.topic == f"user:{bob.pk}"
    assert orjson.loads(event.frame)["unread"] == 0
