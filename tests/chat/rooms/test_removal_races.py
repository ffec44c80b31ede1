"""Whoever is removed from an organisation is in none of its rooms, whatever happens at the same moment."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection

from accounts import hooks
from accounts.models import Organisation, User
from accounts.organisations.services.members import remove_member
from chat.models import Room, RoomMember
from chat.rooms.services.members import add_member
from chat.rooms.services.membership import join_room
from chat.rooms.services.rooms import create_room, open_direct_room
from tests.factories import make_membership, make_room

pytestmark = pytest.mark.django_db(transaction=True)

RACES = 20


def by_a_new_room(alice: User, bob: User, channel: Room) -> None:
    create_room(actor=alice, slug="halyard", kind="group", name="plans", member_ids=[bob.pk])


def by_a_direct_room(alice: User, bob: User, channel: Room) -> None:
    open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])


def by_bringing_in(alice: User, bob: User, channel: Room) -> None:
    add_member(actor=alice, room_id=channel.pk, user_id=bob.pk)


def by_joining(alice: User, bob: User, channel: Room) -> None:
    join_room(actor=bob, room_id=channel.pk)


def by_opening_one(alice: User, bob: User, channel: Room) -> None:
    create_room(actor=bob, slug="halyard", kind="group", name="plans")


@pytest.mark.parametrize("enter", [by_a_new_room, by_a_direct_room, by_bringing_in, by_joining, by_opening_one])
def test_a_removal_is_not_survived(alice: User, bob: User, halyard: Organisation, enter: Callable[..., Any]) -> None:
    channel = make_room(halyard, "news", kind="channel", admin=alice)

    for _ in range(RACES):
        if not halyard.memberships.filter(user=bob).exists():
            make_membership(halyard, bob)
        together = Barrier(2)

        def let_in(together: Barrier = together) -> None:
            together.wait()
            try:
                enter(alice, bob, channel)
            except (ObjectDoesNotExist, ValidationError):
                pass  # removed before
            finally:
                connection.close()

        def remove(together: Barrier = together) -> None:
            together.wait()
            try:
                remove_member(actor=alice, slug="halyard", user_id=bob.pk)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            for done in [threads.submit(let_in), threads.submit(remove)]:
                done.result(timeout=20)

        assert not RoomMember.objects.filter(user=bob).exists()


@pytest.mark.parametrize("enter", [by_a_new_room, by_a_direct_room, by_bringing_in, by_joining, by_opening_one])
def test_whoever_is_being_removed_is_waited_for(
    alice: User, bob: User, halyard: Organisation, monkeypatch: pytest.MonkeyPatch, enter: Callable[..., Any]
) -> None:
    """The removal stands still just before its commit while somebody tries to let them in."""
    channel = make_room(halyard, "news", kind="channel", admin=alice)
    tries = []

    def let_in() -> str:
        try:
            enter(alice, bob, channel)
        except (ObjectDoesNotExist, ValidationError):
            return "refused"
        finally:
            connection.close()
        return "let in"

    class Bystander:
        def member_left(self, *, organisation: Organisation, user: User, actor: User) -> None:
            tries.append(threads.submit(let_in))
            time.sleep(0.2)

    with ThreadPoolExecutor(1) as threads:
        monkeypatch.setattr(hooks, "subscribers", [*hooks.subscribers, Bystander()])
        remove_member(actor=alice, slug="halyard", user_id=bob.pk)

        assert tries[0].result(timeout=20) == "refused"
    assert not RoomMember.objects.filter(user=bob).exists()
