"""What system administrators do in the admin, and that nobody else does it there."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, SecondFactor, Session, TokenFamily, User
from accounts.tokens.services.families import issue_tokens
from chat.models import Room
from tests.accounts.steps import enrol
from tests.admin import address
from tests.conftest import ClientFor
from tests.factories import make_membership


def choose(browser: Client, action: str, row: Model) -> str:
    """Run an action on one row, and return what the page says of it."""
    page = browser.post(address(type(row), "changelist"), {"action": action, "_selected_action": [row.pk]}, follow=True)
    return page.content.decode()


def test_who_lost_everything_gets_the_second_factor_removed(
    browser: Client, sysadmin: User, alice: User, django_capture_on_commit_callbacks: Any
) -> None:
    enrol(alice)

    with django_capture_on_commit_callbacks(execute=True):
        assert "Removed, and told by mail: 1" in choose(browser, "take_away", SecondFactor.objects.get(user=alice))
    assert "Turn off your own in your settings." in choose(
        browser, "take_away", SecondFactor.objects.get(user=sysadmin)
    )

    assert list(SecondFactor.objects.values_list("user", flat=True)) == [sysadmin.pk]
    assert "Your two-factor authentication has been reset" in [message.subject for message in mail.outbox]


def test_staff_without_a_second_factor_is_sent_to_enrol(client_for: ClientFor, alice: User) -> None:
    alice.is_staff = alice.is_superuser = True
    alice.save()
    browser = client_for(alice)

    page = browser.get(address(User, "changelist"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("accounts:second-factor")
    assert "The administration asks for a second factor." in page.content.decode()
    enrol(alice)
    assert client_for(alice).get(address(User, "changelist")).status_code == 200


def test_a_new_person_can_be_added(browser: Client) -> None:
    password = "a-quiet-harbour-7"

    browser.post(
        address(User, "add"),
        {
            "email": "Dora@Halyard.example",
            "username": "dora",
            "name": "Dora",
            "password1": password,
            "password2": password,
        },
    )

    dora = User.objects.get(username="dora")
    assert dora.email == "dora@halyard.example"
    assert dora.check_password(password)
    assert not dora.is_staff


def test_locking_somebody_out_ends_their_sessions(browser: Client, alice: User, client_for: ClientFor) -> None:
    client_for(alice)

    assert "Locked out: 1" in choose(browser, "deactivate", alice)

    alice.refresh_from_db()
    assert not alice.is_active
    assert not Session.objects.filter(user=alice).exists()


def test_somebody_locked_out_can_be_let_in_again(browser: Client, alice: User) -> None:
    choose(browser, "deactivate", alice)

    assert "Let in: 1" in choose(browser, "activate", alice)

    alice.refresh_from_db()
    assert alice.is_active


def test_an_administrator_signs_somebody_out(browser: Client, alice: User, client_for: ClientFor) -> None:
    client_for(alice)
    issue_tokens(user=alice)

    assert "Ended: 1" in choose(browser, "end", TokenFamily.objects.get())
    assert "Signed out: 1" in choose(browser, "sign_out", alice)

    assert not TokenFamily.objects.live().exists()
    assert not Session.objects.filter(user=alice).exists()


@pytest.mark.parametrize("action", ["deactivate", "activate", "sign_out", "end", "take_away"])
def test_staff_without_the_role_neither_locks_out_nor_signs_out(
    alice: User, bob: User, client_for: ClientFor, action: str
) -> None:
    alice.is_staff = True
    alice.save()
    enrol(alice)
    may = ["view_user", "change_user", "view_tokenfamily", "view_secondfactor"]
    alice.user_permissions.set(Permission.objects.filter(codename__in=may))
    enrol(bob)
    issue_tokens(user=bob)
    rows = {"end": TokenFamily.objects.get(), "take_away": SecondFactor.objects.get(user=bob)}

    told = choose(client_for(alice), action, rows.get(action, bob))

    assert ("Only a system administrator may do this." if action == "end" else "not yours to change.") in told
    bob.refresh_from_db()
    assert bob.is_active
    assert bob.second_factor_at is not None
    assert TokenFamily.objects.live().exists()


def test_only_superusers_hand_out_rights(alice: User, bob: User, client_for: ClientFor) -> None:
    alice.is_staff = True
    alice.save()
    enrol(alice)
    alice.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))

    client_for(alice).post(address(User, "change", bob.pk), {"role": "admin", "is_staff": "on", "is_superuser": "on"})

    bob.refresh_from_db()
    assert (bob.role, bob.is_staff, bob.is_superuser) == (User.Role.USER, False, False)


def test_an_action_says_whom_it_was_refused_for(browser: Client, room: Room) -> None:
    told = choose(browser, "archive", room)

    assert "Design: not yours to change." in told
    assert "Archived:" not in told

    room.refresh_from_db()
    assert not room.is_archived


def test_an_administrator_of_the_room_archives_it(
    browser: Client, sysadmin: User, halyard: Organisation, room: Room
) -> None:
    make_membership(halyard, sysadmin, role=Membership.Role.ADMIN)
    room.kind = Room.Kind.CHANNEL
    room.save()

    assert "Archived: 1" in choose(browser, "archive", room)

    room.refresh_from_db()
    assert room.is_archived
