"""Replies: numbered apart from the room, shown under their root, announced to room and followers."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.profiles.services.profile import update_profile
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Draft, Posted, post_message, post_messages
from chat.models import Message, Room, RoomMember, Thread, ThreadFollow
from lib.realtime.hub import Event
from lib.web.errors import Conflict
from tests.chat.steps import INDEXING, frames, reply, say
from tests.factories import make_room


def test_replies_are_numbered_apart_from_the_room(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    replies = [reply(author, root) for author in (bob, alice, bob)]
    after = say(alice, room, "Cake?")

    assert [(message.seq, message.thread_seq) for message in (root, *replies, after)] == [
        *((1, None), (None, 1), (None, 2), (None, 3), (2, None))
    ]
    room.refresh_from_db()
    assert room.last_seq == 2


def test_a_reply_and_its_root_take_the_next_versions(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    answer = reply(bob, root)

    root.refresh_from_db()
    room.refresh_from_db()
    assert (answer.version, root.version, room.version) == (2, 3, 3)


def test_a_batch_changes_each_root_once(alice: User, bob: User, room: Room) -> None:
    root, other = say(alice, room, "Tea?"), say(alice, room, "Cake?")
    outcomes = post_messages(
        [
            Draft(bob, room.pk, "yes", thread_id=root.pk),
            Draft(bob, room.pk, "plain"),
            Draft(alice, room.pk, "good", thread_id=root.pk),
            Draft(bob, room.pk, "no", thread_id=other.pk),
        ]
    )

    stored = [outcome.message for outcome in outcomes if isinstance(outcome, Posted)]
    assert [(message.seq, message.thread_seq, message.version) for message in stored] == [
        *((None, 1, 3), (3, None, 4), (None, 2, 5), (None, 1, 6))
    ]
    assert list(Message.objects.filter(thread=None).order_by("seq").values_list("version", flat=True)) == [7, 8, 4]


def test_a_reply_can_be_sent_to_the_room_too(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    answer = reply(bob, root, also_in_room=True)

    assert (answer.seq, answer.thread_seq) == (2, 1)
    assert RoomMember.objects.get(room=room, user=bob).last_read_seq == 2


def test_a_reply_alone_leaves_the_room_as_it_was(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    room.refresh_from_db()
    before = room.last_message_at
    reply(bob, root)

    room.refresh_from_db()
    assert room.last_message_at == before
    assert RoomMember.objects.get(room=room, user=bob).last_read_seq == 0


def test_the_root_tells_of_its_replies(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root)
    last = reply(alice, root)

    root.refresh_from_db()
    assert root.thread_summary == {
        "reply_count": 2,
        "last_seq": 2,
        "last_reply_at": last.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "participant_ids": [str(alice.pk), str(bob.pk)],
    }


def test_a_deleted_reply_is_no_longer_counted(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    first, last = reply(bob, root), reply(alice, root)
    delete_message(actor=alice, message_id=last.pk)

    root.refresh_from_db()
    summary = root.thread_summary
    assert (summary["reply_count"], summary["last_seq"], summary["participant_ids"]) == (1, 2, [str(bob.pk)])
    assert summary["last_reply_at"] == first.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_thread_outlives_its_root(alice: User, bob: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root)
    delete_message(actor=alice, message_id=root.pk)
    second = reply(bob, root, "still here")

    root.refresh_from_db()
    assert second.thread_seq == 2
    assert root.thread_summary["reply_count"] == 2


def test_nobody_replies_to_a_reply_nor_to_a_deleted_message_nor_from_another_room(
    alice: User, bob: User, room: Room, halyard: Organisation
) -> None:
    root, gone = say(alice, room, "Tea?"), say(alice, room, "Cake?")
    answer = reply(bob, root)
    delete_message(actor=alice, message_id=gone.pk)
    elsewhere = make_room(halyard, "other", admin=bob)

    for thread_id, place in ((answer.pk, room), (gone.pk, room), (root.pk, elsewhere)):
        with pytest.raises(ValidationError) as refused:
            post_message(actor=bob, room_id=place.pk, content="no", thread_id=thread_id)
        assert "thread_id" in refused.value.message_dict
    assert Thread.objects.count() == 1


def test_repeating_a_client_id_in_another_thread_is_a_conflict(alice: User, bob: User, room: Room) -> None:
    root, other = say(alice, room, "Tea?"), say(alice, room, "Cake?")
    first = reply(bob, root, client_id="a")
    again = reply(bob, root, client_id="a")

    assert again.pk == first.pk
    for elsewhere in ({"thread_id": other.pk}, {"thread_id": None}, {"thread_id": root.pk, "also_in_room": True}):
        with pytest.raises(Conflict):
            post_message(actor=bob, room_id=room.pk, content="yes", client_id="a", **elsewhere)


def test_authors_and_users_named_follow_a_thread(alice: User, bob: User, robin: User, room: Room) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root)
    reply(bob, root, "@robin, you?")

    follows = ThreadFollow.objects.values_list("user__name", "last_read_seq")
    assert set(follows) == {("Alice", 0), ("Bob", 2), ("Robin", 1)}


def test_a_thread_is_announced_to_the_room_and_to_its_followers(
    alice: User, bob: User, room: Room, published: list[Event], django_capture_on_commit_callbacks: Any
) -> None:
    root = say(alice, room, "Tea?")
    with django_capture_on_commit_callbacks(execute=True):
        answer = reply(bob, root, "@alice yes")

    told = frames(published)
    assert [frame["type"] for frame in told] == ["message.created", "message.updated", "thread.read", "thread.read"]
    assert told[0]["message"]["thread_id"] == str(root.pk)
    assert (told[0]["message"]["seq"], told[0]["message"]["thread_seq"]) == (None, 1)
    assert told[1]["message"]["thread"]["reply_count"] == 1
    states = {
        event.topic: (frame["unread"], frame["mentions"])
        for event, frame in list(zip(published, told, strict=True))[2:]
    }
    assert (states[f"user:{alice.pk}"], states[f"user:{bob.pk}"]) == ((1, 1), (0, 0))
    assert answer.version == told[0]["version"] == told[1]["version"] - 1


def test_a_follower_who_left_the_room_is_told_nothing(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    root = say(bob, room, "Tea?")
    reply(alice, root)
    RoomMember.objects.filter(room=room, user=bob).delete()
    with django_capture_on_commit_callbacks(execute=True):
        reply(alice, root)

    assert f"user:{bob.pk}" not in {event.topic for event in published}


def test_mentions_edited_in_and_out_of_a_reply_count_in_the_thread(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    root = say(alice, room, "Tea?")
    answer = reply(bob, root)
    counts = []
    for text in ("@alice yes", "yes again"):
        with django_capture_on_commit_callbacks(execute=True):
            edit_message(actor=bob, message_id=answer.pk, content=text)
        [frame] = [frame for frame in frames(published) if frame["type"] == "thread.read"]
        counts.append((frame["unread"], frame["mentions"]))
        published.clear()

    assert counts == [(1, 1), (1, 0)]


def test_a_reply_costs_the_same_in_a_long_thread(
    alice: User, bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    root = say(alice, room, "Tea?")
    reply(bob, root)
    costs = []
    for _ in range(2):
        with django_assert_num_queries(16 + INDEXING) as counted:
            reply(bob, root)
        costs.append(len(counted))
        post_messages([Draft(bob, room.pk, f"{n}", thread_id=root.pk) for n in range(20)])

    assert costs[0] == costs[1]


@pytest.mark.parametrize("change", [{"name": "Robert"}, {"availability": "busy"}])
def test_faces_under_a_root_are_drawn_anew_when_a_user_changes(
    bob: User, message: Message, change: dict[str, Any]
) -> None:
    reply(bob, message)
    drawn = Message.objects.get(pk=message.pk).updated_at
    update_profile(actor=bob, **change)

    assert Message.objects.get(pk=message.pk).updated_at > drawn
