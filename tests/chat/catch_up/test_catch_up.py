"""What is unread in one list, marked as read at once, and exactly taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.catch_up.queries import SHOWN, unread_rooms_of
from chat.catch_up.schemas import MovedMarks
from chat.catch_up.services import mark_all_read, undo_mark_all_read
from chat.messages.services.edit import delete_message
from chat.messages.services.read import mark_read
from chat.models import Room, RoomMember, ThreadFollow
from chat.rooms.services.rooms import archive_room, open_direct_room
from lib.realtime.hub import Event
from tests.chat.steps import frames, reply, say, say_all
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import make_room


def marks_of(user: User) -> dict[str, int]:
    members = RoomMember.objects.filter(user=user, room__name__gt="").values_list("room__name", "last_read_seq")
    follows = ThreadFollow.objects.filter(user=user).values_list("thread__root__content", "last_read_seq")
    return dict(members) | dict(follows)


@pytest.fixture
def behind(alice: User, bob: User, halyard: Organisation, room: Room) -> dict[str, int]:
    """Alice has read one of three messages here, two of two there, and of a thread of hers nothing."""
    quiet = make_room(halyard, "quiet", admin=alice, members=[bob])
    root = say(alice, room, "Tea?")
    say_all(bob, room, "Yes", "No")
    say(bob, quiet, "hm")
    mark_read(actor=alice, room_id=quiet.pk, seq=1)
    mark_read(actor=alice, room_id=room.pk, seq=1)
    reply(bob, root, "Green, please")
    return {room.name: 1, "quiet": 1, "Tea?": 0}


def test_all_is_read_and_exactly_taken_back(alice: User, bob: User, room: Room, behind: dict[str, int]) -> None:
    before = marks_of(alice)
    assert before == before | behind
    others = marks_of(bob)

    moved = mark_all_read(actor=alice, slug="halyard")
    assert marks_of(alice) == before | {room.name: 3, "Tea?": 1}
    assert mark_all_read(actor=alice, slug="halyard") == MovedMarks(rooms=[], threads=[])
    assert undo_mark_all_read(actor=alice, slug="halyard", moved=moved) == moved
    assert marks_of(alice) == before
    assert undo_mark_all_read(actor=alice, slug="halyard", moved=moved) == MovedMarks(rooms=[], threads=[])
    assert marks_of(bob) == others


def test_what_was_read_since_is_not_taken_back(alice: User, bob: User, room: Room, behind: dict[str, int]) -> None:
    moved = mark_all_read(actor=alice, slug="halyard")
    last = say(bob, room, "one more")
    mark_read(actor=alice, room_id=room.pk, seq=last.seq or 0)
    undo_mark_all_read(actor=alice, slug="halyard", moved=moved)

    assert marks_of(alice)[room.name] == 4
    assert marks_of(alice)["Tea?"] == 0


def test_marks_beyond_what_was_moved_are_not_set(
    alice: User, room: Room, behind: dict[str, int], ann: ApiClient
) -> None:
    forged = {"rooms": [{"room_id": str(room.pk), "before": 900, "after": 1}], "threads": []}

    assert ann.call("POST", "/orgs/halyard/read/undo", forged).json()["rooms"] == []
    assert ann.call("POST", "/orgs/halyard/read/undo", {"rooms": [{"before": -1}]}).status_code == 422
    assert marks_of(alice)[room.name] == 1


def test_only_ones_own_sockets_are_told_of_each(
    alice: User,
    bob: User,
    room: Room,
    behind: dict[str, int],
    published: list[Event],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        moved = mark_all_read(actor=alice, slug="halyard")
    with django_capture_on_commit_callbacks(execute=True):
        undo_mark_all_read(actor=alice, slug="halyard", moved=moved)

    assert {event.topic for event in published} == {f"user:{alice.pk}"}
    heard = [(frame["type"], frame["seq"], frame["unread"]) for frame in frames(published)]
    assert heard == [("read", 3, 0), ("thread.read", 1, 0), ("read", 1, 2), ("thread.read", 0, 1)]


def test_another_organisation_is_left_alone(
    alice: User, charlie: User, api_for: ApiFor, behind: dict[str, int]
) -> None:
    before = marks_of(alice)

    assert api_for(charlie).call("POST", "/orgs/halyard/read").status_code == 404
    assert api_for(charlie).call("POST", "/orgs/elsewhere/read").json() == {"rooms": [], "threads": []}
    assert marks_of(alice) == before


def test_the_list_holds_the_last_messages_of_each_room(
    alice: User, bob: User, halyard: Organisation, room: Room
) -> None:
    direct, _ = open_direct_room(actor=bob, slug="halyard", user_ids=[alice.pk])
    said = say_all(bob, room, *(f"message {n}" for n in range(SHOWN + 3)))
    delete_message(actor=bob, message_id=said[-1].pk)
    say(bob, direct, "psst")
    say(bob, room, "also @alice")

    first, second = unread_rooms_of(user=alice, organisation=halyard).rooms
    assert (first.name, first.unread, [message.content for message in first.messages]) == ("Bob", 1, ["psst"])
    assert (second.unread, second.mentions, second.earlier) == (SHOWN + 4, 1, 4)
    assert [message.content for message in second.messages] == ["message 4", "message 5", "message 6", "also @alice"]


def test_what_is_muted_or_archived_or_read_is_not_listed(
    alice: User, bob: User, halyard: Organisation, room: Room
) -> None:
    muted, archived, named = (make_room(halyard, name, admin=bob, members=[alice]) for name in ("a", "b", "c"))
    for place in (muted, archived, named, room):
        say(bob, place, "hi")
    tomorrow = timezone.now() + timedelta(days=1)
    RoomMember.objects.filter(user=alice, room__in=[muted, named]).update(muted_until=tomorrow)
    say(bob, named, "@alice come")
    archive_room(actor=bob, room_id=archived.pk)
    mark_read(actor=alice, room_id=room.pk, seq=1)

    assert [entry.name for entry in unread_rooms_of(user=alice, organisation=halyard).rooms] == ["c"]


def test_sixty_rooms_cost_what_one_costs(
    alice: User,
    bob: User,
    halyard: Organisation,
    room: Room,
    client_for: ClientFor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    say(bob, room, "hi")
    with django_assert_num_queries(2):
        unread_rooms_of(user=alice, organisation=halyard)
    for number in range(59):
        say(bob, make_room(halyard, f"room {number}", admin=alice, members=[bob]), "hi")
    with django_assert_num_queries(2):
        assert len(unread_rooms_of(user=alice, organisation=halyard).rooms) == 60
    with django_assert_num_queries(8):  # savepoint, membership, rooms, threads, update, mentions, marks, release
        mark_all_read(actor=alice, slug="halyard")


def test_the_page_marks_rooms_as_read_without_script(
    alice: User, bob: User, room: Room, behind: dict[str, int], client_for: ClientFor
) -> None:
    browser = client_for(alice)
    page = browser.get("/o/halyard/unread/").content.decode()

    assert "2 new messages" in page and "Yes" in page and "1 thread with new replies" in page
    assert browser.post(f"/o/halyard/unread/{room.pk}/read/?seq=3").status_code == 302
    assert marks_of(alice)[room.name] == 3
    browser.post("/o/halyard/unread/read/")
    assert "all caught up" in browser.get("/o/halyard/unread/").content.decode()


def test_a_guest_sees_the_rooms_they_are_in(alice: User, bob: User, room: Room, halyard: Organisation) -> None:
    Membership.objects.filter(user=bob).update(role="guest")
    say(alice, room, "hi")

    assert [entry.name for entry in unread_rooms_of(user=bob, organisation=halyard).rooms] == [room.name]
