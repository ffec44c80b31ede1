"""Pins belong to the room and are announced; bookmarks belong to oneself and are not."""

import orjson
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat.messages.queries.pins import pins_of
from chat.messages.services.bookmarks import bookmark_message, remove_bookmark
from chat.messages.services.edit import delete_message
from chat.messages.services.pins import pin_message, unpin_message
from chat.models import Bookmark, Message, Room
from chat.rooms.services.members import remove_member
from chat.rooms.services.rooms import archive_room
from lib.realtime.hub import Event
from tests.chat.steps import say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_organisation, make_room


def test_pinning_takes_a_version_and_is_announced_once(
    bob: User,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        versions = [
            act(actor=bob, message_id=message.pk).version
            for act in (pin_message, pin_message, unpin_message, unpin_message)
        ]

    assert versions == [2, 2, 3, 3]
    pinned, unpinned = (orjson.loads(event.frame) for event in published)
    assert pinned["type"] == "message.updated"
    assert pinned["message"]["pinned_at"] is not None and "message__pinned" in pinned["html"]
    assert unpinned["message"]["pinned_at"] is None and "message__pinned" not in unpinned["html"]


def test_anybody_who_writes_unpins_what_another_has_pinned(
    alice: User, bob: User, room: Room, message: Message
) -> None:
    pin_message(actor=alice, message_id=message.pk)
    assert [pin.pinned_by for pin in pins_of(user=bob, room_id=room.pk)] == [alice]

    unpin_message(actor=bob, message_id=message.pk)

    assert not pins_of(user=bob, room_id=room.pk).exists()


def test_strangers_neither_pin_nor_save(charlie: User, message: Message) -> None:
    for act in (pin_message, unpin_message, bookmark_message, remove_bookmark):
        with pytest.raises(ObjectDoesNotExist):
            act(actor=charlie, message_id=message.pk)


def test_an_archived_room_keeps_its_pins_and_can_be_saved_from(
    alice: User, bob: User, room: Room, message: Message
) -> None:
    pin_message(actor=alice, message_id=message.pk)
    archive_room(actor=alice, room_id=room.pk)

    with pytest.raises(PermissionDenied):
        unpin_message(actor=bob, message_id=message.pk)
    bookmark_message(actor=bob, message_id=message.pk)
    assert Bookmark.objects.visible_to(bob).count() == pins_of(user=bob, room_id=room.pk).count() == 1


def test_saving_is_ones_own_and_told_to_nobody(
    alice: User,
    bob: User,
    room: Room,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            bookmark_message(actor=bob, message_id=message.pk)

    assert published == []
    assert Bookmark.objects.visible_to(bob).get().message == message
    assert not Bookmark.objects.visible_to(alice).exists()
    room.refresh_from_db()
    assert room.version == 1

    for _ in range(2):
        remove_bookmark(actor=bob, message_id=message.pk)
    assert not Bookmark.objects.exists()


def test_each_organisation_has_its_own_page_of_saved_messages(
    alice: User, halyard: Organisation, message: Message, client_for: ClientFor, api_for: ApiFor
) -> None:
    other = make_organisation("Second", owner=alice)
    there = say(alice, make_room(other, "elsewhere", admin=alice), "said over there")
    for each in (message, there):
        bookmark_message(actor=alice, message_id=each.pk)
    pages = {slug: client_for(alice).get(f"/o/{slug}/saved/").content.decode() for slug in ("halyard", "second")}
    listed = {slug: api_for(alice).call("GET", f"/me/bookmarks?org={slug}").json() for slug in pages}

    assert {slug: [str(each.pk) in page for each in (message, there)] for slug, page in pages.items()} == {
        "halyard": [True, False],
        "second": [False, True],
    }
    assert [item["message"]["id"] for item in listed["second"]["items"]] == [str(there.pk)]


def test_what_one_may_no_longer_see_is_not_among_the_saved(
    alice: User, bob: User, room: Room, message: Message
) -> None:
    bookmark_message(actor=bob, message_id=message.pk)
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    assert not Bookmark.objects.visible_to(bob).exists()
    with pytest.raises(ObjectDoesNotExist):
        remove_bookmark(actor=bob, message_id=message.pk)


def test_a_deleted_message_is_neither_pinned_nor_saved(alice: User, bob: User, room: Room, message: Message) -> None:
    pin_message(actor=alice, message_id=message.pk)
    bookmark_message(actor=bob, message_id=message.pk)

    assert delete_message(actor=alice, message_id=message.pk).pinned_at is None

    assert not Bookmark.objects.exists()
    assert not pins_of(user=bob, room_id=room.pk).exists()
    for act in (pin_message, unpin_message, bookmark_message, remove_bookmark):
        with pytest.raises(ObjectDoesNotExist):
            act(actor=bob, message_id=message.pk)


def test_the_database_keeps_no_pin_on_a_tombstone(alice: User, message: Message) -> None:
    delete_message(actor=alice, message_id=message.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(pinned_at=message.created_at)
