"""Quiet lines in a room tell who has joined it lately."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.models import Room, RoomMember
from tests.conftest import ClientFor
from tests.factories import make_room_member, make_user


def grow_old(room: Room) -> None:
    """Let a room, and its first members, be of last week."""
    last_week = timezone.now() - timedelta(days=7)
    Room.objects.filter(pk=room.pk).update(created_at=last_week)
    RoomMember.objects.filter(room=room).update(joined_at=last_week)


def test_who_joined_later_is_told_and_the_first_ones_are_not(alice: User, room: Room, client_for: ClientFor) -> None:
    grow_old(room)
    dora = make_user("Dora")
    member = make_room_member(room, dora)

    answer = client_for(alice).get(f"/rooms/{room.pk}/joins/").json()

    assert answer == {"joins": [{"id": str(dora.pk), "name": "Dora", "at": member.joined_at.timestamp()}]}


def test_a_stranger_is_told_nothing(alice: User, charlie: User, room: Room, client_for: ClientFor) -> None:
    assert client_for(charlie).get(f"/rooms/{room.pk}/joins/").status_code == 404


def test_many_joins_cost_as_much_as_one(
    alice: User, room: Room, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grow_old(room)
    for number in range(60):
        make_room_member(room, make_user(f"Dora {number}"))
    browser = client_for(alice)
    browser.get(f"/rooms/{room.pk}/joins/")

    with django_assert_num_queries(4):  # the session, the user, the room, its newest members
        answer = browser.get(f"/rooms/{room.pk}/joins/").json()

    assert [join["name"] for join in answer["joins"]] == [f"Dora {number}" for number in range(10, 60)]
