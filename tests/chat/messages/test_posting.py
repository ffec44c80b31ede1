"""Posting: rule, effect, event."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat.messages.services import post
from chat.messages.services.post import Draft, Posted, post_messages
from chat.messages.services.read import mark_read
from chat.models import MAX_CONTENT, Message, Room, RoomMember
from chat.rooms.services.members import remove_member
from chat.rooms.services.rooms import archive_room
from lib.realtime.hub import Event
from tests.chat.steps import INDEXING, frames, say
from tests.factories import make_room

# Savepoint, room, insert, room, mark, what its author was told of before, release.
COST = 7 + INDEXING


def test_messages_are_numbered_from_one_without_a_gap(alice: User, bob: User, room: Room) -> None:
    seqs = [say(author, room).seq for author in (alice, bob, alice)]

    assert seqs == [1, 2, 3]
    room.refresh_from_db()
    assert (room.last_seq, room.version) == (3, 3)


def test_numbers_of_a_refused_batch_are_not_lost(alice: User, charlie: User, room: Room) -> None:
    outcomes = post_messages(
        [Draft(alice, room.pk, "one"), Draft(charlie, room.pk, "two"), Draft(alice, room.pk, "three")]
    )

    assert [type(outcome) for outcome in outcomes] == [Posted, ObjectDoesNotExist, Posted]
    assert list(Message.objects.order_by("seq").values_list("seq", "content")) == [(1, "one"), (2, "three")]


def test_a_batch_that_fails_as_a_whole_is_tried_one_by_one(
    alice: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chat.messages.services import post

    save = post.save_messages

    def stumble(fresh: list[Message], *others: Any) -> None:
        if any(message.content == "bad" for message in fresh):
            raise IntegrityError("made up")
        save(fresh, *others)

    monkeypatch.setattr(post, "save_messages", stumble)
    outcomes = post_messages([Draft(alice, room.pk, text) for text in ("good", "bad", "fine")])

    assert [type(outcome) for outcome in outcomes] == [Posted, IntegrityError, Posted]
    assert list(Message.objects.order_by("seq").values_list("seq", "content")) == [(1, "good"), (2, "fine")]


def test_a_posted_message_is_announced_after_the_commit(
    alice: User, room: Room, published: list[Event], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        say(alice, room, "**hi**")

    assert published == []
    for callback in callbacks:
        callback()
    [frame] = frames(published)
    assert (frame["type"], frame["room"], frame["version"]) == ("message.created", str(room.pk), 1)
    assert frame["message"]["html"] == '<p dir="auto"><strong>hi</strong></p>'
    assert "<strong>hi</strong>" in frame["html"]


def test_a_batch_is_announced_in_order(
    alice: User,
    bob: User,
    room: Room,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    other = make_room(halyard, "other", admin=alice, members=[bob])
    drafts = [Draft((alice, bob)[n % 2], (room, other)[n % 3 == 0].pk, f"message {n}") for n in range(9)]
    with django_capture_on_commit_callbacks(execute=True):
        post_messages(drafts)

    announced = [(frame["room"], frame["message"]["content"], frame["version"]) for frame in frames(published)]
    assert [text for _, text, _ in announced] == [draft.content for draft in drafts]
    for place in (room, other):
        versions = [version for room_id, _, version in announced if room_id == str(place.pk)]
        assert versions == list(range(1, len(versions) + 1))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_when_the_transaction_rolls_back(alice: User, room: Room, published: list[Event]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        say(alice, room)
        raise RuntimeError

    assert published == []
    assert not Message.objects.exists()


@pytest.mark.parametrize("content", ["", "   \n\t ", "nul\x00", "\ud800", "\u200b\u202e", "\x01"])
def test_empty_and_broken_texts_are_refused(alice: User, room: Room, content: str) -> None:
    with pytest.raises(ValidationError):
        say(alice, room, content)

    assert not Message.objects.exists()


@pytest.mark.parametrize("content", ["x" * (MAX_CONTENT + 2), "x" * (MAX_CONTENT - 2) + "\u0958\u0958"])
def test_an_over_long_text_is_refused_with_its_excess_also_once_normalised(
    alice: User, room: Room, content: str
) -> None:
    with pytest.raises(ValidationError, match="That is 2 characters too long."):
        say(alice, room, content)


def test_an_over_long_text_is_not_normalised(alice: User, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.messages.content.normalize_text", lambda _: pytest.fail("This takes seconds."))

    with pytest.raises(ValidationError, match="too long"):
        say(alice, room, "e" + "\u0301\u0316" * MAX_CONTENT)


def test_a_stranger_sees_no_room_to_post_in(charlie: User, room: Room) -> None:
    with pytest.raises(ObjectDoesNotExist):
        say(charlie, room)


def test_nothing_is_rendered_for_who_may_not_write(charlie: User, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.messages.content.Document", lambda *_: pytest.fail("This takes everybody's time."))

    with pytest.raises(ObjectDoesNotExist):
        say(charlie, room)


def test_a_removed_member_cannot_post_any_more(alice: User, bob: User, room: Room) -> None:
    say(bob, room)
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    with pytest.raises(ObjectDoesNotExist):
        say(bob, room)


def test_nobody_posts_in_an_archived_room(alice: User, room: Room) -> None:
    archive_room(actor=alice, room_id=room.pk)

    with pytest.raises(PermissionDenied):
        say(alice, room)


def test_an_open_channel_is_read_by_all_but_written_by_members(alice: User, bob: User, halyard: Organisation) -> None:
    channel = make_room(halyard, "open", admin=alice, kind="channel")

    with pytest.raises(PermissionDenied):
        say(bob, channel)


def test_posting_reads_ones_own_message_and_leaves_others_unread(alice: User, bob: User, room: Room) -> None:
    say(alice, room)

    marks = dict(RoomMember.objects.filter(room=room).values_list("user", "last_read_seq"))
    assert (marks[alice.pk], marks[bob.pk]) == (1, 0)


def test_naming_a_member_counts_as_a_mention_until_read(alice: User, bob: User, room: Room) -> None:
    message = say(alice, room, "ask @bob and @nobody")

    assert message.mentioned_ids == [str(bob.pk)]
    assert mark_read(actor=bob, room_id=room.pk, seq=0).mentions == 1
    assert mark_read(actor=bob, room_id=room.pk, seq=1).mentions == 0


def test_a_reply_names_a_message_of_the_same_room(alice: User, bob: User, room: Room, halyard: Organisation) -> None:
    other = make_room(halyard, "other", admin=alice, kind="group")
    elsewhere = say(alice, other)

    assert say(alice, room, reply_to=say(bob, room).pk).reply_to_id is not None
    with pytest.raises(ValidationError):
        say(alice, room, reply_to=elsewhere.pk)


def test_posting_costs_the_same_number_of_queries_however_many_members(
    alice: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    say(alice, room, client_id="warm")

    with django_assert_num_queries(COST):
        say(alice, room, client_id="b")


def test_a_batch_costs_little_more_than_one(
    alice: User, bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    say(alice, room, client_id="warm")
    drafts = [Draft(author, room.pk, "hi", f"{n}") for n, author in enumerate([alice, bob] * 10)]

    with django_assert_num_queries(COST):
        post_messages(drafts)


def test_without_a_database_a_batch_is_given_up_as_a_whole(
    room: Room, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each draft by itself would wait for the database again, and all that comes after them too."""
    tried: list[int] = []

    def fail(drafts: Any, *_: Any, **__: Any) -> Any:
        tried.append(len(drafts))
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(post, "_store_batch", fail)
    drafts = [Draft(alice, room.pk, f"{n}") for n in range(5)]

    alone = post_messages(drafts)
    monkeypatch.setattr(post, "is_database_there", lambda: False)
    together = post_messages(drafts)

    assert {type(outcome) for outcome in alone + together} == {OperationalError}
    assert tried == [5, 1, 1, 1, 1, 1, 5]
