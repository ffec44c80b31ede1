"""A message to all of a room tells each member without a row for each, and counts as exactly as one that has them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from chat.mentions.inbox import load_inbox
from chat.messages.recipients import build_mentions
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Draft, post_message, post_messages
from chat.messages.services.read import mark_read
from chat.models import Mention, Message, Room, RoomMember
from chat.rooms.services.members import add_member, remove_member
from chat.rooms.services.membership import leave_room
from chat.sidebar.queries import sidebar_for
from chat.unread import count_mentions, unread_mentions
from lib.jobs import run_due_jobs
from notifications.inbox.counts import count_unread
from tests.chat.steps import say
from tests.conftest import ApiFor
from tests.factories import make_membership, make_room_member, make_user


def count(user: User, room: Room) -> int:
    """Return how many mentions wait for a user who goes back to before all of them: the same wherever it stands."""
    mentions = mark_read(actor=user, room_id=room.pk, seq=0).mentions
    sidebar = sidebar_for(user=user, organisation=room.organisation)
    [line] = [line for line in sidebar.rooms if line.id == room.pk]
    assert unread_mentions(user).get(room.pk, 0) == line.mentions == mentions
    assert [each.badge for each in sidebar.organisations] == [mentions]
    return mentions


def list_inbox(user: User, organisation: Organisation) -> list[str]:
    return [each.message.content for each in load_inbox(user=user, organisation=organisation).items]


@pytest.fixture
def carla(halyard: Organisation) -> User:
    """A member of the organisation who is not in the room yet."""
    carla = make_user("Carla")
    make_membership(halyard, carla)
    return carla


@pytest.fixture
def older(alice: User, bob: User, room: Room) -> Message:
    """A message to all from before they had a number: each member has a row."""
    message = say(alice, room, "@room: tea")
    Message.objects.filter(pk=message.pk).update(broadcast_seq=None)
    Mention.objects.bulk_create(build_mentions(message, {bob.pk: True}))
    return message


def test_no_member_has_a_row(alice: User, bob: User, room: Room) -> None:
    message = say(alice, room, "@room: tea, @bob")

    assert list(Mention.objects.values_list("user", "is_broadcast")) == [(bob.pk, False)]
    assert message.broadcast_seq == message.seq
    assert count(bob, room) == 1


def test_posting_asks_as_much_of_a_large_room_as_of_a_small_one(alice: User, bob: User, room: Room) -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            post_messages([Draft(alice, room.pk, "@room", client_id=str(uuid4()))])
        return len(queries)

    count_queries()  # what is asked once
    few = count_queries()
    for number in range(60):
        make_room_member(room, make_user(f"User {number}"))

    assert count_queries() <= few
    assert not Mention.objects.exists()


def test_it_is_found_by_whom_it_mentions(api_for: ApiFor, alice: User, bob: User, room: Room) -> None:
    for text in ("@room: tea", "tea", "@bob: tea"):
        say(alice, room, text)

    found = {}
    for name, query in {"bob": "mentions:me tea", "alice": "mentions:@alice tea"}.items():
        items = api_for(bob).call("GET", f"/search?org=halyard&q={query}").json()["items"]
        found[name] = sorted(item["content"] for item in items)

    assert found == {"bob": ["@bob: tea", "@room: tea"], "alice": []}


def test_who_joins_later_or_anew_was_not_told(alice: User, bob: User, carla: User, room: Room) -> None:
    say(alice, room, "@room: tea")
    add_member(actor=alice, room_id=room.pk, user_id=carla.pk)
    leave_room(actor=bob, room_id=room.pk)
    add_member(actor=alice, room_id=room.pk, user_id=bob.pk)
    assert [count(user, room) for user in (bob, carla)] == [0, 0]
    assert list_inbox(carla, room.organisation) == []

    say(alice, room, "@room: cake")

    assert [count(user, room) for user in (bob, carla)] == [1, 1]
    assert list_inbox(carla, room.organisation) == ["@room: cake"]


def test_its_author_and_agents_are_not_told(alice: User, bob: User, robin: User, room: Room) -> None:
    say(alice, room, "@room: tea")
    RoomMember.objects.filter(room=room).update(last_read_seq=0)

    told = RoomMember.objects.filter(room=room).annotate(mentions=count_mentions()).values_list("user", "mentions")

    assert dict(told) == {alice.pk: 0, bob.pk: 1, robin.pk: 0}


def test_one_from_before_counts_once_and_can_be_changed(
    alice: User, bob: User, carla: User, room: Room, older: Message
) -> None:
    add_member(actor=alice, room_id=room.pk, user_id=carla.pk)
    assert (count(bob, room), count(carla, room), list_inbox(bob, room.organisation)) == (1, 0, ["@room: tea"])

    for content, for_bob in (("@room: tea!", 1), ("@room, @bob: tea", 1), ("tea", 0), ("@all: tea", 1)):
        edit_message(actor=alice, message_id=older.pk, content=content)
        assert (count(bob, room), count(carla, room)) == (for_bob, 0), content
    assert not Mention.objects.filter(is_broadcast=True).exists()
    delete_message(actor=alice, message_id=older.pk)

    assert count(bob, room) == 0


def test_one_from_before_that_is_deleted_tells_nobody(alice: User, bob: User, room: Room, older: Message) -> None:
    delete_message(actor=alice, message_id=older.pk)

    assert (count(bob, room), list_inbox(bob, room.organisation)) == (0, [])


def test_the_job_of_a_crowd_tells_who_was_there_and_still_is(
    alice: User, bob: User, carla: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.messages.recipients.MAX_AT_ONCE", 0)
    mei = make_user("Mei")
    make_membership(room.organisation, mei)
    add_member(actor=alice, room_id=room.pk, user_id=mei.pk)
    before = {user: count_unread(user.pk) for user in (bob, mei)}
    say(alice, room, "@room: tea")
    add_member(actor=alice, room_id=room.pk, user_id=carla.pk)
    added = count_unread(carla.pk)
    remove_member(actor=alice, room_id=room.pk, user_id=mei.pk)

    run_due_jobs()

    assert count_unread(bob.pk) == before[bob] + 1
    assert count_unread(carla.pk) == added
    assert count_unread(mei.pk) == 0


def test_one_sent_to_the_room_from_a_thread_is_to_all(alice: User, bob: User, carla: User, room: Room) -> None:
    add_member(actor=alice, room_id=room.pk, user_id=carla.pk)
    root = say(alice, room, "Tea?")
    post_message(actor=alice, room_id=room.pk, content="@room now", thread_id=root.pk, also_in_room=True)

    assert [count(user, room) for user in (bob, carla)] == [1, 1]
    assert not Mention.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by what its tables hold.")
def test_what_is_to_all_is_found_by_its_index(bob: User, room: Room) -> None:
    members = RoomMember.objects.filter(user=bob).annotate(mentions=count_mentions()).values_list("mentions")
    sql, params = members.query.sql_with_params()
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall())

    assert "message_to_room (room_id=? AND broadcast_seq>?)" in plan
    assert "mention_unread (user_id=? AND room_id=? AND seq>?)" in plan
