"""What a system administrator can't do by a slip: shut the admin for good, or leave people without an owner."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Membership, Organisation, User
from accounts.organisations.services.members import make_owner, remove_member
from accounts.users.services.activation import deactivate_user
from lib.web.errors import Conflict
from tests.accounts.steps import enrol
from tests.conftest import ClientFor
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def change_rights(browser: Client, user: User, **fields: Any) -> str:
    return browser.post(reverse("admin:accounts_user_change", args=[user.pk]), fields).content.decode()


def test_nobody_locks_themself_out(root: User) -> None:
    with pytest.raises(PermissionDenied, match="lock yourself out"):
        deactivate_user(actor=root, user_id=root.pk)

    root.refresh_from_db()
    assert root.is_active


def test_the_last_who_opens_the_whole_admin_is_not_locked_out(root: User, alice: User) -> None:
    alice.role = User.Role.ADMIN
    alice.save()

    with pytest.raises(Conflict, match="last system administrator"):
        deactivate_user(actor=alice, user_id=root.pk)


@pytest.mark.parametrize("kept", [{"role": "user", "is_staff": "on", "is_superuser": "on"}, {"role": "admin"}])
def test_the_last_administrator_keeps_all_rights_in_the_form(
    root: User, client_for: ClientFor, kept: dict[str, str]
) -> None:
    enrol(root)

    told = change_rights(client_for(root), root, **kept)

    assert "This is the last system administrator" in told
    root.refresh_from_db()
    assert root.role == User.Role.ADMIN and root.is_superuser and root.is_staff


def test_one_of_two_administrators_may_go(root: User, alice: User, client_for: ClientFor) -> None:
    User.objects.filter(pk=alice.pk).update(role=User.Role.ADMIN, is_staff=True, is_superuser=True)
    enrol(root)

    change_rights(client_for(root), alice, role="user")

    assert list(User.objects.administrators()) == [root]
    entry = AuditEntry.objects.get(record_id=alice.pk)
    assert (entry.user, entry.changes["role"]) == (root, ["admin", "user"])


def test_the_only_owner_is_locked_out_once_there_is_another(
    root: User, alice: User, bob: User, halyard: Organisation
) -> None:
    with pytest.raises(Conflict, match="Halyard would have no owner"):
        deactivate_user(actor=root, user_id=alice.pk)

    make_owner(actor=root, membership_id=halyard.memberships.get(user=bob).pk)

    assert not deactivate_user(actor=root, user_id=alice.pk).is_active


def test_whoever_is_alone_in_an_organisation_can_be_locked_out(root: User, alice: User) -> None:
    make_organisation("Alone", owner=alice)

    assert not deactivate_user(actor=root, user_id=alice.pk).is_active


def test_an_owner_who_is_locked_out_does_not_count_as_one(alice: User, bob: User, halyard: Organisation) -> None:
    Membership.objects.filter(user=bob).update(role=Membership.Role.OWNER)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    with pytest.raises(Conflict, match="needs an owner"):
        remove_member(actor=alice, slug="halyard", user_id=alice.pk)


def test_only_a_system_administrator_makes_owners_elsewhere(
    alice: User, bob: User, robin: User, root: User, halyard: Organisation
) -> None:
    with pytest.raises(PermissionDenied):
        make_owner(actor=alice, membership_id=halyard.memberships.get(user=bob).pk)
    with pytest.raises(Conflict):
        make_owner(actor=root, membership_id=halyard.memberships.get(user=robin).pk)
