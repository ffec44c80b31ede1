"""Threads over REST: their pages, read marks, follows and inbox; strangers find nothing."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.messages.services.post import Draft, post_messages
from chat.models import Message, Room, ThreadFollow
from chat.rooms.services.members import remove_member
from tests.chat.steps import reply, say
from tests.conftest import ApiClient, ApiFor


@pytest.fixture
def thread(alice: User, bob: User, message: Message) -> Message:
    """A question of Alice's with thirty replies of Bob's."""
    post_messages([Draft(bob, message.room_id, f"reply {n}", thread_id=message.pk) for n in range(1, 31)])
    return message


def test_a_reply_is_posted_with_its_thread(ann: ApiClient, message: Message) -> None:
    answer = ann.call("POST", f"/rooms/{message.room_id}/messages", {"content": "Yes", "thread_id": str(message.pk)})

    posted = answer.json()
    assert answer.status_code == 201
    assert (posted["seq"], posted["thread_id"], posted["thread_seq"], posted["thread"]) == (
        None,
        str(message.pk),
        1,
        None,
    )
    root = ann.call("GET", f"/messages/{message.pk}").json()
    assert (root["thread"]["reply_count"], root["thread"]["last_seq"]) == (1, 1)


def test_the_history_of_a_room_has_no_gap_and_no_reply(
    ann: ApiClient, alice: User, room: Room, thread: Message
) -> None:
    say(alice, room, "after")
    reply(alice, thread, "to both", also_in_room=True)

    items = ann.call("GET", f"/rooms/{room.pk}/messages").json()["items"]
    assert [item["seq"] for item in items] == [1, 2, 3]
    assert ann.call("GET", f"/rooms/{room.pk}/messages?after=1").json()["next_cursor"] is None


def test_the_changes_of_a_room_hold_replies_too(ann: ApiClient, room: Room, thread: Message) -> None:
    body = ann.call("GET", f"/rooms/{room.pk}/changes?since=1").json()

    assert [item["version"] for item in body["items"]] == list(range(2, 33))
    assert [item["thread_seq"] for item in body["items"]] == [*range(1, 31), None]


def test_a_thread_pages_both_ways(ann: ApiClient, thread: Message) -> None:
    path = f"/messages/{thread.pk}/thread"

    newest = ann.call("GET", f"{path}?limit=10").json()
    assert [item["thread_seq"] for item in newest["items"]] == list(range(21, 31))
    assert (newest["next_cursor"], newest["root"]["id"]) == ("21", str(thread.pk))
    assert newest["thread"] == {
        "root_id": str(thread.pk),
        "room_id": str(thread.room_id),
        "last_seq": 30,
        "is_following": True,
        "last_read_seq": 0,
        "unread": 30,
    }
    older = ann.call("GET", f"{path}?limit=30&before=21").json()
    assert ([item["thread_seq"] for item in older["items"]], older["next_cursor"]) == (list(range(1, 21)), None)
    newer = ann.call("GET", f"{path}?limit=5&after=20").json()
    assert ([item["thread_seq"] for item in newer["items"]], newer["next_cursor"]) == (list(range(21, 26)), "25")
    around = ann.call("GET", f"{path}?limit=4&around=10").json()
    assert [item["thread_seq"] for item in around["items"]] == [8, 9, 10, 11]
    assert [item["thread_seq"] for item in ann.call("GET", f"{path}?limit=1&around=10").json()["items"]] == [10]


def test_a_message_without_replies_has_an_empty_thread(ann: ApiClient, message: Message) -> None:
    body = ann.call("GET", f"/messages/{message.pk}/thread").json()

    assert (body["items"], body["next_cursor"], body["thread"]["is_following"]) == ([], None, False)


def test_a_reply_has_no_thread(ann: ApiClient, alice: User, message: Message) -> None:
    answer = reply(alice, message)

    assert ann.call("GET", f"/messages/{answer.pk}/thread").status_code == 404


def test_the_read_mark_moves_both_ways_but_not_past_the_end(ann: ApiClient, thread: Message) -> None:
    path = f"/messages/{thread.pk}/thread/read"

    assert ann.call("PUT", path, {"seq": 99}).json() == {"unread": 0, "mentions": 0}
    assert ann.call("PUT", path, {"seq": 10}).json() == {"unread": 20, "mentions": 0}
    assert ann.call("PUT", path, {"seq": -1}).status_code == 422


def test_a_thread_is_followed_and_unfollowed(ann: ApiClient, alice: User, thread: Message) -> None:
    path = f"/messages/{thread.pk}/thread/follow"

    assert ann.call("DELETE", path).status_code == 204
    assert not ThreadFollow.objects.filter(user=alice).exists()
    followed = ann.call("PUT", path).json()
    assert (followed["is_following"], followed["unread"]) == (True, 0)


def test_the_inbox_holds_what_is_followed_last_reply_first(
    ann: ApiClient, alice: User, bob: User, room: Room, thread: Message
) -> None:
    other = say(alice, room, "Cake?")
    reply(bob, other)
    ann.call("PUT", f"/messages/{thread.pk}/thread/read", {"seq": 30})

    def roots(query: str = "") -> list[str]:
        return [item["root"]["id"] for item in ann.call("GET", f"/orgs/halyard/threads{query}").json()["items"]]

    assert roots() == [str(other.pk), str(thread.pk)]
    assert roots("?unread=true") == [str(other.pk)]
    first = ann.call("GET", "/orgs/halyard/threads?limit=1").json()
    assert roots(f"?cursor={first['next_cursor']}") == [str(thread.pk)]


def test_the_inbox_costs_the_same_for_many(
    ann: ApiClient, alice: User, bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 10):
        for root in [say(alice, room) for _ in range(number)]:
            reply(bob, root)
        with django_assert_num_queries(3):
            ann.call("GET", "/orgs/halyard/threads")


def test_a_page_of_a_thread_costs_the_same_for_many(
    ann: ApiClient, alice: User, bob: User, thread: Message, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"/messages/{thread.pk}/thread"
    ann.call("GET", path)  # what is rendered is kept
    for limit in (1, 30):
        with django_assert_num_queries(3):
            ann.call("GET", f"{path}?limit={limit}")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/messages/{root}/thread", None),
        ("PUT", "/messages/{root}/thread/read", {"seq": 1}),
        ("PUT", "/messages/{root}/thread/follow", None),
        ("DELETE", "/messages/{root}/thread/follow", None),
        ("GET", "/orgs/halyard/threads", None),
    ],
)
def test_strangers_find_nothing(
    api_for: ApiFor, charlie: User, thread: Message, method: str, path: str, body: object
) -> None:
    path = path.format(root=thread.pk)

    assert api_for(charlie).call(method, path, body).status_code == 404
    assert api_for(None).call(method, path, body).status_code == 401
    assert not ThreadFollow.objects.filter(user=charlie).exists()


def test_nobody_replies_in_a_room_they_cannot_see(api_for: ApiFor, charlie: User, thread: Message) -> None:
    body = {"content": "hi", "thread_id": str(thread.pk)}

    assert api_for(charlie).call("POST", f"/rooms/{thread.room_id}/messages", body).status_code == 404


def test_an_unknown_thread_is_named_in_the_error(ann: ApiClient, room: Room) -> None:
    answer = ann.call("POST", f"/rooms/{room.pk}/messages", {"content": "hi", "thread_id": str(uuid4())})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][-1] == "thread_id"


def test_who_left_the_room_no_longer_has_its_threads(
    api_for: ApiFor, alice: User, bob: User, room: Room, thread: Message
) -> None:
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    assert api_for(bob).call("GET", f"/messages/{thread.pk}/thread").status_code == 404
    assert api_for(bob).call("GET", "/orgs/halyard/threads").json()["items"] == []
