"""What is sent again is posted once."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.messages.services.edit import edit_message
from chat.messages.services.post import Draft, post_message, post_messages
from chat.models import Message, Room
from lib.realtime.hub import Event
from lib.web.errors import Conflict
from tests.chat.steps import say


def test_repeating_a_client_id_posts_once(
    alice: User, room: Room, published: list[Event], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = post_message(actor=alice, room_id=room.pk, content="hi", client_id="a")
        again = post_message(actor=alice, room_id=room.pk, content="hi", client_id="a")

    assert (first.created, again.created) == (True, False)
    assert first.message.pk == again.message.pk
    assert Message.objects.count() == len(published) == 1


def test_repeating_a_client_id_within_a_batch_posts_once(alice: User, room: Room) -> None:
    outcomes = post_messages([Draft(alice, room.pk, "hi", "a"), Draft(alice, room.pk, "hi", "a")])

    assert [outcome.created for outcome in outcomes] == [True, False]
    assert Message.objects.count() == 1


def test_a_repetition_in_a_batch_costs_the_others_nothing(alice: User, bob: User, room: Room) -> None:
    first = say(alice, room, "hi", client_id="a")
    drafts = [Draft(bob, room.pk, "one", "b"), Draft(alice, room.pk, "hi", "a"), Draft(bob, room.pk, "two", "c")]

    outcomes = post_messages(drafts)

    assert [outcome.created for outcome in outcomes] == [True, False, True]
    assert outcomes[1].message.pk == first.pk
    assert [outcome.message.seq for outcome in outcomes] == [2, 1, 3]


def test_a_client_id_is_the_authors_own(alice: User, bob: User, room: Room) -> None:
    assert say(alice, room, client_id="a").pk != say(bob, room, client_id="a").pk


def test_a_client_id_used_for_other_words_is_a_conflict(alice: User, room: Room) -> None:
    say(alice, room, "hi", client_id="a")

    with pytest.raises(Conflict):
        say(alice, room, "ho", client_id="a")


def test_a_client_id_used_for_another_reply_is_a_conflict(alice: User, room: Room) -> None:
    first = say(alice, room)
    say(alice, room, "hi", client_id="a", reply_to=first.pk)

    assert not post_message(actor=alice, room_id=room.pk, content="hi", client_id="a", reply_to=first.pk).created
    for other in (None, say(alice, room).pk):
        with pytest.raises(Conflict):
            say(alice, room, "hi", client_id="a", reply_to=other)


def test_repeating_a_client_id_after_an_edit_still_gives_the_first_message(alice: User, room: Room) -> None:
    message = say(alice, room, "hi", client_id="a")
    edit_message(actor=alice, message_id=message.pk, content="hello")

    assert say(alice, room, "hi", client_id="a").pk == message.pk
