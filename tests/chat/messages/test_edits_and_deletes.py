"""Editing and deleting: who may, what stays, what is announced."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.messages.services.edit import delete_message, edit_message
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
