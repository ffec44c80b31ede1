"""`@room` and `@here`: who is told, counted, and asked before."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.messages.recipients import BROADCASTS, find_told_by_number, read_recipients
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Draft, post_message, post_messages
from chat.models import Mention, Message, Room, ThreadFollow
from chat.unread import unread_mentions
from lib.text.usernames import RESERVED
from tests.chat.steps import INDEXING
from tests.conftest import ApiFor
from tests.factories import make_membership, make_room_member, make_user


@pytest.fixture
def mei(halyard: Organisation, room: Room) -> User:
    """A member of the room beside Alice, Bob and the agent Robin."""
    user = make_user("Mei")
    make_membership(halyard, user)
    make_room_member(room, user)
    return user


def connect(user: User) -> None:
    User.objects.filter(pk=user.pk).update(presence=User.Presence.AWAY, seen_at=timezone.now())


def told(message: Message) -> set[str]:
    """Return the names of the users that a message tells, with a row of their own or as members of its room."""
    users = User.objects.filter(pk__in=find_told_by_number(message) | read_recipients(message))
    return set(users.values_list("username", flat=True))


def count(user: User, room: Room) -> int:
    return unread_mentions(user).get(room.pk, 0)


def test_no_user_can_be_called_like_all() -> None:
    assert BROADCASTS.keys() <= RESERVED


@pytest.mark.parametrize("word", ["@room", "@channel", "@everyone", "@ALL", "\uff20room", "**@room**", "@room: tea"])
def test_all_humans_of_the_room_but_the_author_are_told(alice: User, mei: User, room: Room, word: str) -> None:
    message = post_message(actor=alice, room_id=room.pk, content=word).message

    assert (message.broadcast, told(message)) == ("room", {"bob", "mei"})
    assert message.mentioned_ids == []
    assert 'data-broadcast="room">@' in message.html


@pytest.mark.parametrize("text", ["`@room`", "```\n@room\n```", "a@room.example", "\\@room", "@rooms", "@room/x"])
def test_what_is_no_mention_tells_nobody(alice: User, mei: User, room: Room, text: str) -> None:
    message = post_message(actor=alice, room_id=room.pk, content=text).message

    assert (message.broadcast, told(message)) == ("", set())


def test_here_tells_who_is_connected(alice: User, bob: User, mei: User, room: Room) -> None:
    connect(mei)
    User.objects.filter(pk=bob.pk).update(presence=User.Presence.ONLINE, seen_at=timezone.now().replace(year=2020))

    message = post_message(actor=alice, room_id=room.pk, content="@here tea").message

    assert (message.broadcast, told(message)) == ("here", {"mei"})


def test_who_is_named_beside_is_told_once(alice: User, bob: User, mei: User, room: Room) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="@room, and you, @bob and @alice").message

    assert told(message) == {"alice", "bob", "mei"}
    assert count(bob, room) == count(mei, room) == 1


def test_edits_and_deletion_count_exactly(alice: User, bob: User, mei: User, room: Room) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="tea").message
    steps = [("@room tea", 1, 1), ("@room, @bob tea", 1, 1), ("@bob tea", 1, 0), ("tea", 0, 0), ("@channel", 1, 1)]

    for content, for_bob, for_mei in steps:
        edit_message(actor=alice, message_id=message.pk, content=content)
        assert (count(bob, room), count(mei, room)) == (for_bob, for_mei), content
    delete_message(actor=alice, message_id=message.pk)

    assert (count(bob, room), count(mei, room)) == (0, 0)


def test_an_edit_that_keeps_here_tells_nobody_else(alice: User, bob: User, mei: User, room: Room) -> None:
    connect(mei)
    message = post_message(actor=alice, room_id=room.pk, content="@here tea, @bob").message
    connect(bob)

    edit_message(actor=alice, message_id=message.pk, content="@here tea")

    assert told(message) == {"mei"}


def test_a_guest_tells_nobody_and_learns_so(api_for: ApiFor, bob: User, mei: User, room: Room) -> None:
    Membership.objects.filter(user=bob).update(role=Membership.Role.GUEST)

    posted = api_for(bob).call("POST", f"/rooms/{room.pk}/messages", {"content": "@room hello"}).json()
    edited = api_for(bob).call("PATCH", f"/messages/{posted['id']}", {"content": "@here hello"}).json()

    assert posted["is_broadcast_refused"] is edited["is_broadcast_refused"] is True
    assert (posted["broadcast"], edited["broadcast"], edited["html"]) == (None, None, '<p dir="auto">@here hello</p>')
    assert not Mention.objects.exists()


def test_in_a_thread_its_followers_are_told(alice: User, bob: User, mei: User, room: Room) -> None:
    root = post_message(actor=bob, room_id=room.pk, content="root").message

    reply = post_message(actor=alice, room_id=room.pk, content="@room", thread_id=root.pk).message
    also = post_message(actor=alice, room_id=room.pk, content="@room", thread_id=root.pk, also_in_room=True).message

    assert (told(reply), told(also)) == ({"bob"}, {"bob", "mei"})
    assert set(ThreadFollow.objects.values_list("user__username", flat=True)) == {"alice", "bob"}
    assert (count(bob, room), count(mei, room)) == (1, 1)


def test_the_reach_is_known_before(
    api_for: ApiFor, alice: User, bob: User, mei: User, charlie: User, room: Room
) -> None:
    connect(mei)
    path, root = f"/rooms/{room.pk}/reach", post_message(actor=bob, room_id=room.pk, content="root").message
    bodies = {
        (("content", "@room"),): ("room", 2),
        (("content", "@here"),): ("here", 1),
        (("content", "`@room`"),): (None, 0),
        (("content", "@room"), ("thread_id", str(root.pk))): ("room", 1),
        (("content", "@room"), ("thread_id", str(root.pk)), ("also_in_room", True)): ("room", 2),
    }

    for body, expected in bodies.items():
        answer = api_for(alice).call("POST", path, dict(body)).json()
        assert (answer["broadcast"], answer["user_count"]) == expected, body
    assert api_for(charlie).call("POST", path, {"content": "@room"}).status_code == 404
    assert Message.objects.count() == 1


def test_telling_all_takes_five_queries_more(
    alice: User, bob: User, mei: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post_message(actor=alice, room_id=room.pk, content="warm up")

    with django_assert_num_queries(7 + INDEXING):
        post_messages([Draft(alice, room.pk, "plain", client_id=str(uuid4()))])
    # May the author, who is told; what they want to hear, their notifications, the job that delivers them.
    with django_assert_num_queries(12 + INDEXING):
        post_messages([Draft(alice, room.pk, "@room", client_id=str(uuid4()))])
