"""The directory's rooms, each with a few of its faces."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.signals import post_init
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.models import RoomMember
from chat.rooms.queries.directory import directory_for
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


def seen(name: str, *, hours_ago: int) -> User:
    return make_user(name, seen_at=timezone.now() - timedelta(hours=hours_ago))


def test_faces_are_of_those_seen_last(alice: User, halyard: Organisation) -> None:
    never = make_user("Never Seen")
    members = [never, seen("Long Ago", hours_ago=9), seen("Just Now", hours_ago=0), seen("Today", hours_ago=5)]
    make_room(halyard, "open", admin=alice, members=members, kind="channel")
    make_room(halyard, "small", admin=alice, members=members[:2], kind="channel")

    shown = {entry.room.name: entry for entry in directory_for(user=alice, organisation=halyard)}

    assert [face.name for face in shown["open"].faces] == ["Just Now", "Today", "Long Ago"]
    assert [face.name for face in shown["small"].faces] == ["Long Ago", "Never Seen"]
    assert shown["open"].member_count == 5


def test_no_more_members_are_loaded_than_shown(
    alice: User, halyard: Organisation, loaded: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crowd = [make_user(f"Person {n}") for n in range(9)]
    for name in ("one", "two"):
        make_room(halyard, name, admin=alice, members=crowd, kind="channel")
    loaded.clear()

    with django_assert_num_queries(2):
        shown = directory_for(user=alice, organisation=halyard)

    assert sum(len(entry.faces) for entry in shown) == len(loaded) == 6


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
