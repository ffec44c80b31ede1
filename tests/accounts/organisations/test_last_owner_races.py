"""However many try at once: an organisation keeps an owner, and the whole place an administrator."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import change_member_role, remove_member
from accounts.users.services.activation import deactivate_user
from accounts.users.services.managed_users import change_rights, update_user
from lib.web.errors import Conflict
from tests.factories import make_membership, make_system_administrator

pytestmark = pytest.mark.django_db(transaction=True)

RACES = 50
REFUSALS = (Conflict, PermissionDenied, ObjectDoesNotExist)


def leave(actor: User, other: User) -> None:
    remove_member(actor=actor, slug="halyard", user_id=actor.pk)


def step_down(actor: User, other: User) -> None:
    change_member_role(actor=actor, slug="halyard", user_id=actor.pk, role="member")


def demote_the_other(actor: User, other: User) -> None:
    change_member_role(actor=actor, slug="halyard", user_id=other.pk, role="guest")


def remove_the_other(actor: User, other: User) -> None:
    remove_member(actor=actor, slug="halyard", user_id=other.pk)


def lock_the_other_out(actor: User, other: User) -> None:
    deactivate_user(actor=actor, user_id=other.pk)


def demote_the_other_administrator(actor: User, other: User) -> None:
    update_user(actor=actor, user_id=other.pk, role="user")


def step_down_as_administrator(actor: User, other: User) -> None:
    update_user(actor=actor, user_id=actor.pk, role="user")


def take_all_rights_from_the_other(actor: User, other: User) -> None:
    change_rights(actor=actor, user_id=other.pk, role="user", is_staff=False, is_superuser=False)


def race(alice: User, bob: User, *attempts: Any) -> list[str]:
    """Both at once, each on a thread; what became of each."""
    together = Barrier(2)

    def act(attempt: Callable[..., Any], pair: tuple[User, User]) -> str:
        together.wait()
        try:
            attempt(*pair)
        except REFUSALS:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(act, attempts, [(alice, bob), (bob, alice)]))


@pytest.mark.parametrize("attempt", [leave, step_down, demote_the_other, remove_the_other])
def test_two_owners_at_once_do_not_leave_an_organisation_without_one(
    halyard: Organisation, alice: User, bob: User, attempt: Callable[..., Any]
) -> None:
    for _ in range(RACES):
        for owner in (alice, bob):
            if not Membership.objects.filter(organisation=halyard, user=owner).update(role="owner"):
                make_membership(halyard, owner, role="owner")

        assert race(alice, bob, attempt, attempt) == ["done", "refused"]

        assert halyard.memberships.filter(role="owner").count() == 1


@pytest.mark.parametrize(
    "attempt",
    [
        lock_the_other_out,
        demote_the_other_administrator,
        step_down_as_administrator,
        take_all_rights_from_the_other,
    ],
)
def test_two_administrators_at_once_do_not_leave_the_place_without_one(
    alice: User, bob: User, attempt: Callable[..., Any]
) -> None:
    for _ in range(RACES):
        User.objects.update(role="admin", is_staff=True, is_superuser=True, is_active=True)
        alice.refresh_from_db()
        bob.refresh_from_db()

        assert race(alice, bob, attempt, attempt) == ["done", "refused"]

        assert User.objects.administrators().count() == 1


def test_whoever_is_being_demoted_demotes_nobody_else(alice: User, bob: User) -> None:
    third = make_system_administrator("Third")
    for _ in range(RACES):
        User.objects.update(role="admin", is_staff=True, is_superuser=True)

        outcome = race(alice, bob, demote_the_other_administrator, demote_the_other_administrator)

        assert outcome == ["done", "refused"]
    assert third in User.objects.administrators()
