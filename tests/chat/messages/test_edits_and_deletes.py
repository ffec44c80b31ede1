"""Editing and deleting: who may, what stays, what is announced."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.messages.counts import announce_counts
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.read import mark_read
from chat.models import Mention, Room
from lib.realtime.hub import Event
from tests.chat.steps import frames, say


def test_an_edit_keeps_the_earlier_wording_and_takes_a_new_version(alice: User, room: Room) -> None:
    message = say(alice, room, "helo")
    say(alice, room)

    edited = edit_message(actor=alice, message_id=message.pk, content="hello")

    assert (edited.seq, edited.version) == (1, 3)
    assert edited.edited_at is not None
    assert [revision.content for revision in edited.revisions.all()] == ["helo"]


def test_the_same_words_again_are_no_edit(alice: User, room: Room) -> None:
    message = say(alice, room, "hello")

    edited = edit_message(actor=alice, message_id=message.pk, content="hello ")

    assert (edited.version, edited.edited_at) == (1, None)


def test_an_edit_moves_mentions(alice: User, bob: User, robin: User, room: Room) -> None:
    message = say(alice, room, "@bob")
    edit_message(actor=alice, message_id=message.pk, content="@robin")

    assert list(Mention.objects.values_list("user", flat=True)) == [robin.pk]


def test_only_its_author_edits_a_message(alice: User, bob: User, room: Room) -> None:
    message = say(alice, room)

    with pytest.raises(PermissionDenied):
        edit_message(actor=bob, message_id=message.pk, content="no")


def test_a_stranger_can_neither_edit_nor_delete(alice: User, charlie: User, room: Room) -> None:
    message = say(alice, room)

    with pytest.raises(ObjectDoesNotExist):
        edit_message(actor=charlie, message_id=message.pk, content="no")
    with pytest.raises(ObjectDoesNotExist):
        delete_message(actor=charlie, message_id=message.pk)


def test_deleting_leaves_a_tombstone(
    alice: User, room: Room, published: list[Event], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    message = say(alice, room, "secret")

    with django_capture_on_commit_callbacks(execute=True):
        delete_message(actor=alice, message_id=message.pk)

    [frame] = frames(published)
    assert frame["type"] == "message.deleted"
    assert (frame["message"]["content"], frame["message"]["html"], frame["message"]["seq"]) == (None, None, 1)
    assert b"secret" not in published[0].frame


def test_a_deleted_message_is_gone_for_good(alice: User, room: Room) -> None:
    message = say(alice, room)
    delete_message(actor=alice, message_id=message.pk)

    with pytest.raises(ObjectDoesNotExist):
        edit_message(actor=alice, message_id=message.pk, content="back")
    with pytest.raises(ObjectDoesNotExist):
        delete_message(actor=alice, message_id=message.pk)


def test_admins_of_the_room_delete_others_messages_and_members_do_not(
    alice: User, bob: User, robin: User, room: Room
) -> None:
    message = say(robin, room)

    with pytest.raises(PermissionDenied):
        delete_message(actor=bob, message_id=message.pk)
    assert delete_message(actor=alice, message_id=message.pk).is_deleted


def test_whose_mention_comes_or_goes_is_told_the_count(
    alice: User,
    bob: User,
    robin: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    say(alice, room, "@bob")
    message = say(alice, room, "@bob, tea?")
    with django_capture_on_commit_callbacks(execute=True):
        edit_message(actor=alice, message_id=message.pk, content="@robin, tea?")

    assert read_counts(published) == {f"user:{bob.pk}": (2, 1), f"user:{robin.pk}": (2, 1)}

    published.clear()
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(actor=alice, message_id=message.pk)

    assert read_counts(published) == {f"user:{robin.pk}": (2, 0)}


def test_who_has_read_a_message_is_told_no_count(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    message = say(alice, room, "@bob")
    mark_read(actor=bob, room_id=room.pk, seq=message.seq)
    with django_capture_on_commit_callbacks(execute=True):
        edit_message(actor=alice, message_id=message.pk, content="nobody")

    assert read_counts(published) == {}


def test_counts_of_many_cost_one_query(
    alice: User, bob: User, robin: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    message = say(alice, room, "@bob @robin")

    with django_assert_num_queries(1):
        announce_counts(room, message, [alice.pk, bob.pk, robin.pk])
    with django_assert_num_queries(0):
        announce_counts(room, message, [])


def read_counts(published: list[Event]) -> dict[str, tuple[int, int]]:
    """Return the counts of unread messages and mentions that were announced, by topic."""
    told = [(event.topic, frame) for event, frame in zip(published, frames(published), strict=True)]
    return {topic: (frame["unread"], frame["mentions"]) for topic, frame in told if frame["type"] == "read"}
