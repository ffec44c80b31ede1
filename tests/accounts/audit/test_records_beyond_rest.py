"""What is written down of changes that REST doesn't ask for, or that take more than one step; and what never is."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress, get_emailconfirmation_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.email_addresses import services as email_addresses_services
from accounts.mfa.services import enrolment
from accounts.models import AccessToken, AuditEntry, Organisation, SecondFactor, Session, User
from accounts.organisations.services import invitations, members
from accounts.organisations.services.organisations import rename_organisation
from accounts.passwords import services
from accounts.profiles.services import profile
from accounts.sessions import services as sessions_services
from accounts.sign_up import services as sign_up_services
from accounts.tokens.services import personal, refresh
from accounts.tokens.services.issue import issue_tokens
from accounts.users.services import activation
from lib.web.errors import Unauthenticated
from tests.accounts.audit.test_records import FAMILY, USER, recorded
from tests.accounts.steps import enrol
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_email_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda root, bob: activation.deactivate_user(actor=root, user_id=bob.pk), ("is_active", "sign_ins")),
        (lambda root, bob: activation.sign_out_everywhere(actor=root, user_id=bob.pk), ("sign_ins",)),
        (lambda root, bob: enrolment.reset_second_factor(actor=root, user_id=bob.pk), ("confirmed_at",)),
        (
            lambda root, bob: members.make_owner(actor=root, membership_id=bob.memberships.get().pk),
            ("role",),
        ),
        (
            lambda root, bob: personal.end_sign_in(actor=root, family_id=bob.token_families.get().pk),
            ("revoked_at",),
        ),
    ],
)
def test_what_an_administrator_does_to_somebody_is_written_down_once(
    root: User, bob: User, halyard: Organisation, act: Callable[..., Any], expected: tuple[Any, ...]
) -> None:
    enrol(bob)
    issue_tokens(user=bob)
    before = AuditEntry.objects.count()

    act(root, bob)

    [entry] = AuditEntry.objects.order_by("pk")[before:]
    assert (entry.user, tuple(sorted(entry.changes))) == (root, expected)
    assert "Bob" in entry.record_name


def test_rights_given_in_the_admin_are_written_down(root: User, alice: User, client_for: ClientFor) -> None:
    enrol(root)
    browser, before = client_for(root), AuditEntry.objects.count()

    browser.post(reverse("admin:accounts_user_change", args=[alice.pk]), {"role": "admin", "is_staff": "on"})
    password = "a-quiet-harbour-7"
    details = {"email": "dora@halyard.example", "username": "dora", "name": "Dora"}
    browser.post(reverse("admin:accounts_user_add"), details | {"password1": password, "password2": password})

    assert recorded(before) == [
        ("update", USER, "is_staff", "role"),
        ("create", USER, "email", "name", "role", "username"),
    ]


def test_an_address_is_written_down_once_asked_for_given_up_and_confirmed(alice: User, client: Client) -> None:
    make_email_address(alice, verified=True)
    User.objects.filter(pk=alice.pk).update(password=sign_up_services.make_password(PASSWORD))
    alice.refresh_from_db()
    details = {"actor": alice, "current_password": PASSWORD, "origin": "https://atrium.example"}
    email_addresses_services.change_address(email="one@alice.example", **details)
    email_addresses_services.cancel_address_change(actor=alice)
    email_addresses_services.change_address(email="two@alice.example", **details)
    awaited = EmailAddress.objects.get(user=alice, primary=False)

    client.post(reverse("account_confirm_email", args=[get_emailconfirmation_model().create(awaited).key]))

    changes = AuditEntry.objects.order_by("pk").values_list("changes", flat=True)
    assert [change.get("new_email") for change in changes] == [
        [None, "one@alice.example"],
        ["one@alice.example", None],
        [None, "two@alice.example"],
        None,
    ]
    assert changes[3]["email"] == ["alice@halyard.example", "two@alice.example"]


def test_a_stolen_refresh_token_ends_its_family_by_nobodys_hand(alice: User) -> None:
    pair = issue_tokens(user=alice, ip_address="192.0.2.7")
    refresh.refresh_tokens(refresh_token=pair.refresh_token, ip_address="192.0.2.7")

    with pytest.raises(Unauthenticated):
        refresh.refresh_tokens(refresh_token=pair.refresh_token, ip_address="203.0.113.9")

    assert AuditEntry.objects.values_list("user", "table_name").get() == (None, FAMILY)


def test_a_change_that_is_taken_back_was_never_written_down(alice: User, halyard: Organisation) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        rename_organisation(actor=alice, slug="halyard", name="Harbour")
        raise RuntimeError

    assert not AuditEntry.objects.exists()


def test_nothing_is_written_down_of_what_stays_as_it_was(alice: User, bob: User, halyard: Organisation) -> None:
    rename_organisation(actor=alice, slug="halyard", name="Halyard")
    profile.update_profile(actor=alice, name="Alice", theme="dark")
    sessions_services.sign_out_elsewhere(actor=alice, keep_session=None)

    assert not AuditEntry.objects.exists()


def test_a_password_from_the_command_line_is_nobodys(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "a-quiet-harbour-7")

    call_command("changepassword", alice.email)

    entry = AuditEntry.objects.get()
    assert (entry.user, entry.ip_address, entry.changes) == (None, None, {"password": [None, None]})


def test_no_secret_is_ever_written_down(alice: User, bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    User.objects.filter(pk=alice.pk).update(password=sign_up_services.make_password(PASSWORD))
    alice.refresh_from_db()
    services.change_password(actor=alice, current_password=PASSWORD, new_password="a-quiet-harbour-7")
    enrolled, pair = enrol(alice), issue_tokens(user=alice)
    made = personal.create_token(actor=alice, name="CI", scopes=["account:read"])
    invitation = invitations.create_invitation(actor=alice, slug="halyard")
    client_for(alice)
    session = Session.objects.get(user=alice)
    sessions_services.end_session(actor=alice, session_id=session.public_id)
    secrets = [
        PASSWORD,
        "a-quiet-harbour-7",
        alice.password,
        enrolled.secret,
        *enrolled.recovery_codes,
        *alice.recovery_codes.values_list("code_hash", flat=True),
        SecondFactor.objects.get().key,
        pair.access_token,
        pair.refresh_token,
        made.token,
        *AccessToken.objects.values_list("token_hash", flat=True),
        invitation.token,
        session.session_key,
    ]

    written = str(list(AuditEntry.objects.values()))

    assert AuditEntry.objects.count() == 5
    assert not [secret for secret in secrets if secret in written]
