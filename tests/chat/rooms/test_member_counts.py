"""What is stored of how many members there are equals what one counts, whatever happens, and at the same time too."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import add_member as join_organisation
from accounts.organisations.services.members import change_member_role as change_organisation_role
from accounts.organisations.services.members import remove_member as leave_organisation
from accounts.organisations.services.organisations import create_organisation
from accounts.users.services.activation import activate_user, deactivate_user
from chat.models import Room, RoomMember
from chat.rooms.services.members import add_members, remove_member
from chat.rooms.services.membership import join_room, leave_room
from chat.rooms.services.rooms import create_room, delete_room, open_direct_room
from lib.db.counts import RowCount, count_rows, fill_row_counts
from lib.web.errors import Conflict
from tests.conftest import ApiFor
from tests.factories import make_room, make_system_administrator, make_user

REFUSALS = (ObjectDoesNotExist, PermissionDenied, ValidationError, Conflict)
STEPS = 150


def list_wrong_counts() -> list[Any]:
    fields = [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, RowCount)]
    assert len(fields) == 2
    rows = [row for field in fields for row in count_rows(field).values("pk", "counted", field.name)]
    return [row for row in rows if row["counted"] != row["member_count"]]


class Chance:
    """Somebody does something, by chance."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.root = make_system_administrator("Root")
        self.people = [make_user(f"Person {n}") for n in range(6)]
        self.owner = make_user("Owner")
        self.place = create_organisation(actor=self.owner, name="Quay", slug="quay")

    def act(self) -> None:
        actor, other = self.random.choice([self.owner, *self.people]), self.random.choice(self.people)
        rooms = list(Room.objects.filter(organisation=self.place))
        room = self.random.choice(rooms).pk
        role = self.random.choice(Membership.Role.values[1:])
        actions: list[Callable[[], Any]] = [
            lambda: join_organisation(organisation=self.place, user=other, role=role),
            lambda: leave_organisation(actor=self.random.choice([self.owner, other]), slug="quay", user_id=other.pk),
            lambda: change_organisation_role(actor=self.owner, slug="quay", user_id=other.pk, role=role),
            lambda: deactivate_user(actor=self.root, user_id=other.pk),
            lambda: activate_user(actor=self.root, user_id=other.pk),
            lambda: create_room(
                actor=actor, slug="quay", kind="channel", name=f"{len(rooms)} {room}", member_ids=[other.pk]
            ),
            lambda: open_direct_room(actor=actor, slug="quay", user_ids=[other.pk]),
            lambda: join_room(actor=other, room_id=room),
            lambda: leave_room(actor=other, room_id=room),
            lambda: add_members(actor=actor, room_id=room, user_ids=[other.pk, self.random.choice(self.people).pk]),
            lambda: remove_member(actor=self.owner, room_id=room, user_id=other.pk),
            lambda: delete_room(actor=self.owner, room_id=room),
        ]
        # Joining more often than leaving, so that there is something to leave.
        weights = [6, 1, 2, 1, 1, 3, 3, 3, 1, 4, 1, 1]
        with suppress(*REFUSALS):
            self.random.choices(actions, weights)[0]()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_counts_stay_right_whatever_happens(seed: int) -> None:
    chance = Chance(seed)

    for _ in range(STEPS):
        chance.act()

    assert list_wrong_counts() == []
    assert RoomMember.objects.count() > 5


@pytest.fixture
def crowd(transactional_db: None, halyard: Organisation) -> Iterator[list[User]]:
    yield [make_user(f"Person {n}") for n in range(6)]


def test_counts_stay_right_when_many_come_and_go_at_once(crowd: list[User], alice: User, halyard: Organisation) -> None:
    room = make_room(halyard, "news", kind="channel", admin=alice)

    def come_and_go(user: User) -> None:
        for _ in range(3):
            join_organisation(organisation=halyard, user=user, role="member")
            join_room(actor=user, room_id=room.pk)
            join_room(actor=user, room_id=room.pk)
            leave_organisation(actor=user, slug="halyard", user_id=user.pk)
        join_organisation(organisation=halyard, user=user, role="member")
        connection.close()

    with ThreadPoolExecutor(len(crowd)) as threads:
        list(threads.map(come_and_go, crowd))

    assert list_wrong_counts() == []
    assert Organisation.objects.get(pk=halyard.pk).member_count == 3 + len(crowd)


def test_rows_from_before_are_counted_after_migrations(room: Room, halyard: Organisation) -> None:
    Room.objects.update(member_count=None)
    Organisation.objects.update(member_count=None)

    for label in ("accounts", "chat"):
        fill_row_counts(apps.get_app_config(label), using="default")

    assert list_wrong_counts() == []
    assert Room.objects.get(pk=room.pk).member_count == 3


def test_clients_are_told_the_count(alice: User, halyard: Organisation, bob: User, api_for: ApiFor) -> None:
    create_room(actor=alice, slug="halyard", kind="channel", name="news", member_ids=[bob.pk])

    items = api_for(bob).call("GET", "/orgs/halyard/rooms?browse=true").json()["items"]

    assert [item["member_count"] for item in items] == [2]
