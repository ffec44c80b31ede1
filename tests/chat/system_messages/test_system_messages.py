"""What happens in a room is told in it, in lines that are never unread."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.organisations.services.members import remove_member as remove_from_organisation
from chat.messages.services.post import post_message
from chat.models import Message, Room, SystemMessage
from chat.rooms.services.members import add_members, remove_member
from chat.rooms.services.membership import join_room, leave_room
from chat.rooms.services.rooms import archive_room, open_direct_room, unarchive_room, update_room
from chat.sidebar.queries import sidebar_for
from chat.system_messages.queries import describe_messages, system_messages_of
from lib.realtime.hub import Event
from tests.chat.steps import frames
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_room, make_user

pytestmark = pytest.mark.django_db


def tell(user: User, room: Room) -> list[str]:
    """What a user reads, the earliest first."""
    messages = list(system_messages_of(user=user, room_id=room.pk).order_by("pk"))
    return [shape.content for shape in describe_messages(messages).values()]


CHANGES: list[tuple[Callable[[Room, User, User], Any], list[str]]] = [
    (
        lambda room, alice, bob: update_room(actor=alice, room_id=room.pk, name="mast"),
        ["Alice renamed the room from quay to mast"],
    ),
    (
        lambda room, alice, bob: update_room(actor=alice, room_id=room.pk, name="quay", topic="Masts"),
        ["Alice changed the topic to: Masts"],
    ),
    (lambda room, alice, bob: archive_room(actor=alice, room_id=room.pk), ["Alice archived the room"]),
    (lambda room, alice, bob: unarchive_room(actor=alice, room_id=room.pk), []),
    (lambda room, alice, bob: leave_room(actor=bob, room_id=room.pk), ["Bob left"]),
    (lambda room, alice, bob: remove_member(actor=alice, room_id=room.pk, user_id=bob.pk), ["Alice removed Bob"]),
    (lambda room, alice, bob: add_members(actor=alice, room_id=room.pk, user_ids=[bob.pk]), []),
    (
        lambda room, alice, bob: remove_from_organisation(actor=alice, slug="halyard", user_id=bob.pk),
        ["Bob left"],
    ),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_changes_are_told(
    alice: User, bob: User, halyard: Organisation, change: Callable[[Room, User, User], Any], told: list[str]
) -> None:
    room = make_room(halyard, "quay", kind="channel", admin=alice, members=[bob])

    change(room, alice, bob)

    assert tell(alice, room) == told


def test_a_room_that_wants_none_tells_nothing(alice: User, bob: User, halyard: Organisation) -> None:
    room = make_room(halyard, "quay", kind="channel", admin=alice)
    join_room(actor=bob, room_id=room.pk)
    update_room(actor=alice, room_id=room.pk, system_messages=False)
    leave_room(actor=bob, room_id=room.pk)
    assert tell(alice, room) == []

    update_room(actor=alice, room_id=room.pk, system_messages=True)

    assert tell(alice, room) == ["Bob joined"]


def test_they_are_switched_off_in_the_panel(alice: User, room: Room, client_for: ClientFor) -> None:
    update_room(actor=alice, room_id=room.pk, topic="Masts")

    page = client_for(alice).post(f"/rooms/{room.pk}/details/", {"system_messages": "off"}, follow=True).content

    assert b"Turn on system messages" in page
    changed = Room.objects.get(pk=room.pk)
    assert (changed.system_messages, changed.name, changed.topic) == (False, room.name, "Masts")


def test_direct_rooms_have_none(alice: User, bob: User, halyard: Organisation) -> None:
    room, _ = open_direct_room(actor=alice, slug=halyard.slug, user_ids=[bob.pk])
    remove_from_organisation(actor=alice, slug="halyard", user_id=bob.pk)

    assert tell(alice, room) == []


def test_two_hundred_at_once_are_one_line(
    alice: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    room = make_room(halyard, "quay", admin=alice)
    people = [make_user(f"Dora {number:03}") for number in range(200)]
    for person in people:
        make_membership(halyard, person)

    with django_capture_on_commit_callbacks(execute=True):
        add_members(actor=alice, room_id=room.pk, user_ids=[person.pk for person in people])

    assert SystemMessage.objects.count() == 1
    [frame] = [frame for frame in frames(published) if frame["type"] == "system_message.created"]
    shown = frame["system_message"]
    assert (len(shown["users"]), shown["user_count"]) == (5, 200)
    assert shown["content"].startswith("Alice added Dora ") and shown["content"].endswith(" and 195 others")
    with django_assert_num_queries(3):  # the room, its messages, the users
        describe_messages(list(system_messages_of(user=alice, room_id=room.pk)))


def test_they_are_no_messages(alice: User, bob: User, halyard: Organisation) -> None:
    room = make_room(halyard, "quay", kind="channel", admin=alice, members=[bob])
    update_room(actor=alice, room_id=room.pk, name="mast")

    assert post_message(actor=alice, room_id=room.pk, content="hello").message.seq == 1
    assert Message.objects.count() == 1
    assert [line.unread for line in sidebar_for(user=bob, organisation=halyard).rooms] == [1]


def test_they_are_listed_over_rest(
    api_for: ApiFor, alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    room = make_room(halyard, "quay", kind="channel", admin=alice)
    for act in (join_room, leave_room, join_room):
        act(actor=bob, room_id=room.pk)
    path, ask = f"/rooms/{room.pk}/system-messages", api_for(alice).call

    first = ask("GET", f"{path}?limit=2").json()
    rest = ask("GET", f"{path}?limit=2&cursor={first['next_cursor']}").json()

    assert [item["code"] for item in first["items"] + rest["items"]] == ["joined", "left", "joined"]
    assert rest["next_cursor"] is None
    assert first["items"][0]["actor"] == {"id": str(bob.pk), "name": "Bob"}
    german = api_for(alice).call("GET", path, **{"Accept-Language": "de"}).json()["items"][0]
    assert german["content"] == "Neu dabei: Bob"
    assert api_for(charlie).call("GET", path).status_code == 404


def test_joining_costs_one_query_more(
    alice: User, bob: User, halyard: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Savepoint, own membership, room, is in it, new member, stamp, audit, system message, release."""
    room = make_room(halyard, "quay", kind="channel", admin=alice)

    with django_assert_num_queries(9):
        join_room(actor=bob, room_id=room.pk)
