"""What happens in rooms is told once, in words, to those whom it is for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import change_member_role
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction, remove_reaction
from chat.models import Mention, Message, Room, RoomMember
from chat.reports.services import dismiss_report, report_message
from chat.rooms.services.members import add_member, remove_member
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import create_room, delete_room, open_direct_room
from chat.threads.services import follow_thread
from lib.jobs import run_due_jobs
from notifications.descriptions import describe_rows
from notifications.inbox.counts import count_unread
from notifications.inbox.queries import describe_visible
from notifications.models import Notification
from tests.chat.steps import say
from tests.factories import make_membership, make_room_member, make_user


@pytest.fixture
def carla(halyard: Organisation, room: Room) -> User:
    carla = make_user("Carla")
    make_membership(halyard, carla)
    make_room_member(room, carla)
    return carla


def told(user: User) -> list[tuple[str, str, str]]:
    """Kind, title and text of all that a user's bell lists, the newest first."""
    rows = Notification.objects.received_by(user).for_listing().order_by("-activity_id")
    return [(each.row.kind, *each.description[:2]) for each in describe_visible(rows, user)]


def answer(user: User, root: Message, text: str) -> None:
    post_message(actor=user, room_id=root.room_id, content=text, thread_id=root.pk)


def test_who_is_named_in_a_thread_that_they_follow_is_told_once(
    alice: User, bob: User, carla: User, room: Room
) -> None:
    root = say(bob, room, "Tea?")
    answer(carla, root, "Yes")
    answer(alice, root, "@carla and @bob: **now**")

    assert told(bob) == [
        ("mention", "Alice mentioned you in a thread in design", "@Carla and @Bob: now"),
        ("reply", "Carla replied in a thread in design", "Yes"),
    ]
    assert [kind for kind, *_ in told(carla)] == ["mention"]
    assert told(alice) == []


def test_messages_of_one_direct_conversation_are_one_row(alice: User, bob: User, halyard: Organisation) -> None:
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    first, second, third = (say(alice, direct, text) for text in ("one", "two @bob", "three"))
    assert told(bob) == [("direct", "Alice: 3 messages", "three")]

    delete_message(actor=alice, message_id=third.pk)
    assert told(bob) == [("direct", "Alice: 2 messages", "two @Bob")]
    delete_message(actor=alice, message_id=first.pk)
    assert told(bob) == [("direct", "Alice", "two @Bob")]
    delete_message(actor=alice, message_id=second.pk)
    assert told(bob) == []


def test_replies_in_one_thread_are_one_row(alice: User, bob: User, carla: User, room: Room) -> None:
    root = say(bob, room, "Tea?")
    answer(alice, root, "Yes")
    answer(carla, root, "No")

    assert told(bob) == [("reply", "2 new replies in a thread in design", "Carla: No")]


def test_reactions_are_counted_by_user_and_go_when_they_are_taken_back(
    alice: User, bob: User, carla: User, room: Room
) -> None:
    message = say(alice, room, "Tea?")
    for user, emoji in ((bob, "👍"), (bob, "🎉"), (carla, "👍"), (alice, "👍")):
        add_reaction(actor=user, message_id=message.pk, emoji=emoji)
    assert told(alice) == [("reaction", "Carla and Bob reacted to your message", "Tea?")]

    remove_reaction(actor=carla, message_id=message.pk, emoji="👍")
    remove_reaction(actor=bob, message_id=message.pk, emoji="🎉")
    assert told(alice) == [("reaction", "Bob reacted with 👍 to your message", "Tea?")]
    remove_reaction(actor=bob, message_id=message.pk, emoji="👍")
    assert (told(alice), count_unread(alice.pk)) == ([], 0)


def test_who_is_added_to_a_room_is_told(alice: User, bob: User, halyard: Organisation) -> None:
    plans = create_room(actor=alice, slug="halyard", kind="group", name="plans", member_ids=[bob.pk])
    other = create_room(actor=alice, slug="halyard", kind="group", name="other")
    add_member(actor=alice, room_id=other.pk, user_id=bob.pk)
    assert [title for _, title, _ in told(bob)] == ["Alice added you to other", "Alice added you to plans"]

    remove_member(actor=alice, room_id=other.pk, user_id=bob.pk)
    delete_room(actor=alice, room_id=plans.pk)
    assert (told(bob), count_unread(bob.pk), told(alice)) == ([], 0, [])


def test_administrators_are_told_of_reports_and_not_by_whom(
    alice: User, bob: User, carla: User, halyard: Organisation, room: Room
) -> None:
    Membership.objects.filter(user__in=[bob, carla]).update(role=Membership.Role.ADMIN)
    message = say(bob, room, "Rude")
    report, _ = report_message(actor=carla, message_id=message.pk, reason="He is rude")

    assert told(alice) == [("report", "A message in Halyard was reported", "He is rude")]
    assert [told(user) for user in (bob, carla)] == [[], []]
    dismiss_report(actor=alice, report_id=report.pk)
    assert count_unread(alice.pk) == 0


def test_who_no_longer_administers_an_organisation_is_not_told_of_its_reports(
    alice: User, bob: User, carla: User, halyard: Organisation, room: Room
) -> None:
    dora = make_user("Dora")
    make_membership(halyard, dora)
    make_room_member(room, dora)
    change_member_role(actor=alice, slug=halyard.slug, user_id=bob.pk, role=Membership.Role.ADMIN)
    report_message(actor=carla, message_id=say(dora, room, "Rude").pk, reason="rude")
    assert [count_unread(user.pk) for user in (alice, bob)] == [1, 1]

    change_member_role(actor=alice, slug=halyard.slug, user_id=bob.pk, role=Membership.Role.MEMBER)

    assert [count_unread(user.pk) for user in (alice, bob)] == [1, 0]


def test_a_conversation_of_several_names_who_is_in_it(
    alice: User, bob: User, carla: User, halyard: Organisation
) -> None:
    others = [make_user(name) for name in ("Dora", "Egon", "Frida", "Gül")]
    for user in others:
        make_membership(halyard, user)
    three, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk, carla.pk])
    crowd, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[each.pk for each in (bob, *others)])
    pair, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])

    say(alice, pair, "Tea?")
    say(alice, three, "Lunch?")
    say(carla, three, "Yes")
    say(alice, crowd, "Party!")

    assert [title for _, title, _ in told(bob)] == [
        "Alice to you and Dora, Egon, Frida and 1 more",
        "Carla to you and Alice: 2 messages",
        "Alice",
    ]
    assert [title for _, title, _ in told(carla)] == ["Alice to you and Bob"]


def test_edits_tell_only_those_who_are_named_anew(alice: User, bob: User, carla: User, room: Room) -> None:
    message = say(alice, room, "@bob")
    edit_message(actor=alice, message_id=message.pk, content="@bob @carla")
    edit_message(actor=alice, message_id=message.pk, content="@bob @carla, please")

    assert [count_unread(user.pk) for user in (bob, carla)] == [1, 1]


@pytest.mark.parametrize(("level", "kinds"), [("mentions", ["mention"]), ("nothing", [])])
def test_who_wants_less_of_a_room_is_told_less(
    bob: User, carla: User, room: Room, level: str, kinds: list[str]
) -> None:
    root = say(bob, room, "Tea?")
    change_own_settings(actor=bob, room_id=room.pk, notification_level=level)
    answer(carla, root, "Yes")
    say(carla, room, "@bob")

    assert [kind for kind, *_ in told(bob)] == kinds


def test_a_broadcast_to_many_is_told_by_a_job_and_once(
    alice: User, bob: User, carla: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.messages.recipients.MAX_AT_ONCE", 0)
    monkeypatch.setattr("chat.notifying.services.MAX_AT_ONCE", 0)
    RoomMember.objects.filter(user=bob, room=room).update(notification_level="mentions")
    root = say(bob, room, "Tea?")
    message = say(alice, room, "@room: tea, @carla")
    reply = post_message(actor=alice, room_id=room.pk, content="@room: tea", thread_id=root.pk).message
    # The rows by which mentions are counted are there at once, with the ids that others have; of one to all, none.
    rows = Mention.objects.filter(message__in=[message.pk, reply.pk]).order_by("message", "is_broadcast")
    assert [(row.user_id, row.seq, row.thread_seq, row.is_broadcast, row.id.version) for row in rows] == [
        (carla.pk, message.seq, None, False, 7),
        (bob.pk, None, reply.thread_seq, True, 7),
    ]
    assert told(bob) == []

    run_due_jobs()

    assert ("broadcast", "Alice called everyone in design", "@room: tea, @Carla") in told(bob)
    assert [[kind for kind, *_ in told(user)] for user in (bob, carla)] == [["broadcast", "broadcast"], ["mention"]]


def test_a_broadcast_counts_nothing_for_who_has_left_before_its_job(
    alice: User, bob: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.notifying.services.MAX_AT_ONCE", 0)
    say(alice, room, "@room: tea")
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    run_due_jobs()

    assert count_unread(bob.pk) == 0


def test_a_deleted_reply_costs_the_same_for_many_followers(alice: User, bob: User, room: Room) -> None:
    def count_queries(followers: int) -> int:
        root = say(bob, room, "Tea?")
        answer(bob, root, "Or coffee?")
        for number in range(followers):
            follower = make_user(f"Follower {root.seq} {number}")
            make_membership(room.organisation, follower)
            make_room_member(room, follower)
            follow_thread(actor=follower, root_id=root.pk)
        for text in ("one", "two", "three"):
            answer(alice, root, text)
        last = Message.objects.filter(thread=root.pk).latest("thread_seq")
        with CaptureQueriesContext(connection) as queries:
            delete_message(actor=alice, message_id=last.pk)
        rows = Notification.objects.filter(kind="reply", thread=root.pk)
        assert set(rows.values_list("count", "position")) == {(2, 3)}
        assert rows.count() == followers + 1
        return len(queries)

    count_queries(1)  # what is asked once
    assert count_queries(1) == count_queries(7)


def test_what_is_deleted_while_it_is_described_is_left_out(alice: User, bob: User, room: Room) -> None:
    message = say(bob, room, "Tea?")
    add_reaction(actor=alice, message_id=message.pk, emoji="👍")
    say(alice, room, "@bob, yes")
    rows = list(Notification.objects.received_by(bob).for_listing())
    assert len(describe_rows(rows, bob)) == 2

    remove_reaction(actor=alice, message_id=message.pk, emoji="👍")
    assert [each.row.kind for each in describe_rows(rows, bob)] == ["mention"]
    delete_room(actor=alice, room_id=room.pk)
    assert describe_rows(rows, bob) == []
