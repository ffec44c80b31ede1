"""For whom a second factor is due: everybody who is in an organisation that asks for one, and has none."""

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from accounts.mfa.services.enrolment import reset_second_factor
from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import add_member, remove_member
from accounts.organisations.services.organisations import delete_organisation, require_second_factor
from tests.accounts.steps import enrol

pytestmark = pytest.mark.django_db


def due() -> set[Any]:
    return set(User.objects.filter(second_factor_due=True).values_list("name", flat=True))


def test_asking_members_for_one_makes_it_due_for_those_without(
    alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    enrol(alice)

    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    assert due() == {"Bob"}

    require_second_factor(actor=alice, slug=halyard.slug, required=False)
    assert due() == set()


def test_only_administrators_ask_for_one(bob: User, charlie: User, halyard: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        require_second_factor(actor=bob, slug=halyard.slug, required=True)
    with pytest.raises(ObjectDoesNotExist):
        require_second_factor(actor=charlie, slug=halyard.slug, required=True)


def test_joining_and_leaving_change_what_is_due(alice: User, bob: User, dana: User, halyard: Organisation) -> None:
    enrol(alice)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)

    add_member(organisation=halyard, user=dana, role=Membership.Role.GUEST)
    assert due() == {"Bob", "Dana"}

    remove_member(actor=dana, slug=halyard.slug, user_id=dana.pk)
    assert due() == {"Bob"}


def test_enrolling_settles_it_and_losing_it_makes_it_due_again(
    root: User, alice: User, bob: User, halyard: Organisation
) -> None:
    enrol(alice)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)

    enrol(bob)
    assert (due(), bob.second_factor_due) == (set(), False)

    reset_second_factor(actor=root, user_id=bob.pk)
    assert due() == {"Bob"}


def test_a_deleted_organisation_asks_for_nothing(alice: User, bob: User, halyard: Organisation) -> None:
    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    assert due() == {"Alice", "Bob"}

    delete_organisation(actor=alice, slug=halyard.slug)

    assert due() == set()
