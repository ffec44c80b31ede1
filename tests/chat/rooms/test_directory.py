"""The directory's rooms, each with a few of its faces."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.signals import post_init
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.models import Room, RoomMember
from chat.rooms.queries.directory import DirectoryRoom, build_directory, directory_for
from chat.rooms.services.rooms import archive_room
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room, make_user


@pytest.fixture
def loaded() -> Iterator[list[Any]]:
    """The members that became objects."""
    found = []

    def hear(instance: RoomMember, **_: Any) -> None:
        found.append(instance)

    post_init.connect(hear, sender=RoomMember)
    yield found
    post_init.disconnect(hear, sender=RoomMember)


def list_directory(user: User, organisation: Organisation) -> list[DirectoryRoom]:
    return build_directory(list(directory_for(user=user, organisation=organisation)), user)


def test_faces_are_of_the_first_of_the_others(alice: User, halyard: Organisation) -> None:
    members = [make_user(f"Person {n}") for n in range(4)]
    make_room(halyard, "open", admin=alice, members=members, kind="channel")
    make_room(halyard, "small", admin=alice, members=members[2:], kind="channel")

    shown = {entry.room.name: entry for entry in list_directory(alice, halyard)}

    assert [face.name for face in shown["open"].faces] == ["Person 0", "Person 1", "Person 2"]
    assert [face.name for face in shown["small"].faces] == ["Person 2", "Person 3"]
    assert shown["open"].room.member_count == 5


def test_no_members_are_loaded_but_those_shown(
    alice: User, halyard: Organisation, loaded: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crowd = [make_user(f"Person {n}") for n in range(9)]
    for name in ("one", "two"):
        make_room(halyard, name, admin=alice, members=crowd, kind="channel")
    loaded.clear()

    with django_assert_num_queries(3):
        shown = list_directory(alice, halyard)

    assert sum(len(entry.faces) for entry in shown) == 6 and not loaded


def test_the_directory_comes_in_pieces(alice: User, bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    for n in range(60):
        make_room(halyard, f"room {n:02}", admin=bob, kind="channel")
    browser = client_for(alice)

    first = browser.get("/o/halyard/rooms/?show=unjoined").content.decode()
    assert "Join room 49" in first and "Join room 50" not in first
    [cursor] = re.findall(r'href="/o/halyard/rooms/\?show=unjoined&amp;cursor=([\w-]+)"', first)
    Room.objects.get(name="room 03").delete()  # none is skipped for it
    path = f"/o/halyard/rooms/?show=unjoined&cursor={cursor}"
    rest = browser.get(path, headers={"X-Fragment": "rows"}).content.decode()
    assert re.findall(r"Join (room \d+)", rest) == [f"room {n}" for n in range(50, 60)] and "<h1" not in rest


@pytest.mark.parametrize("sort", ["name", "activity"])
def test_a_thousand_rooms_are_walked_in_order(
    alice: User,
    bob: User,
    halyard: Organisation,
    api_for: ApiFor,
    django_assert_num_queries: DjangoAssertNumQueries,
    sort: str,
) -> None:
    now = timezone.now()
    # Several were written in at the same moment, many never.
    times = [now - timedelta(minutes=n % 7) if n < 400 else None for n in range(1000)]
    rooms = [
        Room(
            organisation=halyard, kind="channel", name=f"room {n * 7 % 1000:03}", last_message_at=moment, created_by=bob
        )
        for n, moment in enumerate(times)
    ]
    for room in rooms:
        room.folded_name = room.name
    Room.objects.bulk_create(rooms)
    ask, path, seen = api_for(alice).call, f"/orgs/halyard/rooms?browse=true&limit=200&sort={sort}", []

    answer = ask("GET", path).json()
    while answer["next_cursor"]:
        seen += answer["items"]
        with django_assert_num_queries(4):  # the token, the organisation, the last room, the page
            answer = ask("GET", f"{path}&cursor={answer['next_cursor']}").json()
    seen += answer["items"]

    assert len({room["id"] for room in seen}) == len(seen) == 1000
    if sort == "name":
        assert [room["name"] for room in seen] == sorted(room.name for room in rooms)
    else:
        moments = [room["last_message_at"] or "" for room in seen]
        assert moments == sorted(moments, reverse=True)
    found = ask("GET", f"{path}&q=OM%2099").json()["items"]
    assert {room["name"] for room in found} == {f"room 99{n}" for n in range(10)}
    assert ask("GET", f"{path}&show=lost").status_code == 422


def test_archived_groups_are_found_by_those_inside_alone(
    alice: User, bob: User, robin: User, halyard: Organisation, client_for: ClientFor
) -> None:
    group = make_room(halyard, "secret plans", admin=bob, members=[robin])
    make_room(halyard, "still open", admin=bob)
    archive_room(actor=bob, room_id=group.pk)

    inside = client_for(bob).get("/o/halyard/rooms/?show=archived").content.decode()
    outside = client_for(alice).get("/o/halyard/rooms/?show=archived").content.decode()

    assert (
        f"/rooms/{group.pk}/" in inside and "Private</span>" in inside and "still open" not in inside.split("<main")[1]
    )
    assert "secret plans" not in outside


def test_an_archived_room_stays_among_ones_own_for_clients(bob: User, halyard: Organisation, api_for: ApiFor) -> None:
    group = make_room(halyard, "secret plans", admin=bob)
    archive_room(actor=bob, room_id=group.pk)

    rooms = api_for(bob).call("GET", "/orgs/halyard/rooms").json()["items"]

    assert [room["name"] for room in rooms if room["archived_at"]] == ["secret plans"]
