"""The directory's rooms, each with a few of its faces."""

from datetime import timedelta

import pytest
from django.db.models.signals import post_init
from django.utils import timezone

from chat.models import RoomMember
from chat.selectors import directory_for
from tests.factories import make_room, make_user


@pytest.fixture
def loaded():
    """The members that became objects."""
    found = []

    def hear(instance, **_):
        found.append(instance)

    post_init.connect(hear, sender=RoomMember)
    yield found
    post_init.disconnect(hear, sender=RoomMember)


def seen(name, *, hours_ago):
    return make_user(name, seen_at=timezone.now() - timedelta(hours=hours_ago))


def test_faces_are_of_those_seen_last(alice, halyard):
    never = make_user("Never Seen")
    members = [never, seen("Long Ago", hours_ago=9), seen("Just Now", hours_ago=0), seen("Today", hours_ago=5)]
    make_room(halyard, "open", admin=alice, members=members, kind="channel")
    make_room(halyard, "small", admin=alice, members=members[:2], kind="channel")

    shown = {entry.room.name: entry for entry in directory_for(user=alice, organisation=halyard)}

    assert [face.name for face in shown["open"].faces] == ["Just Now", "Today", "Long Ago"]
    assert [face.name for face in shown["small"].faces] == ["Long Ago", "Never Seen"]
    assert shown["open"].member_count == 5


def test_no_more_members_are_loaded_than_shown(alice, halyard, loaded, django_assert_num_queries):
    crowd = [make_user(f"Person {n}") for n in range(9)]
    for name in ("one", "two"):
        make_room(halyard, name, admin=alice, members=crowd, kind="channel")
    loaded.clear()

    with django_assert_num_queries(2):
        shown = directory_for(user=alice, organisation=halyard)

    assert sum(len(entry.faces) for entry in shown) == len(loaded) == 6
