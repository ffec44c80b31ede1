"""Users are told of invitations to their addresses, for as long as these wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Invitation, Organisation, User
from accounts.organisations.services.invitations import (
    accept_awaiting_invitation,
    create_invitation,
    decline_awaiting_invitation,
    revoke_invitation,
)
from lib.jobs import run_due_jobs
from notifications.inbox.counts import count_unread
from notifications.inbox.queries import describe_visible
from notifications.models import Notification
from tests.factories import make_user

ORIGIN = "https://atrium.example"


@pytest.fixture
def dana(db: None) -> User:
    return make_user("Dana", email_verified_at=timezone.now())


@pytest.fixture
def invited(alice: User, dana: User, halyard: Organisation) -> Invitation:
    return create_invitation(actor=alice, slug="halyard", email=dana.email, origin=ORIGIN)


def told(user: User) -> list[tuple[str, str]]:
    rows = list(Notification.objects.received_by(user).for_listing())
    return [(each.description.title, each.description.url) for each in describe_visible(rows, user)]


def test_who_has_an_account_is_told_beside_the_mail(dana: User, invited: Invitation) -> None:
    run_due_jobs()

    assert told(dana) == [("Alice invited you to Halyard", invited.url)]
    assert [message.to for message in mail.outbox] == [[dana.email]], "one mail, that with the link"


def test_nobody_is_told_by_an_address_that_is_not_confirmed(alice: User, dana: User, halyard: Organisation) -> None:
    User.objects.filter(pk=dana.pk).update(email_verified_at=None)

    for address in (dana.email, "nina@halyard.example"):
        create_invitation(actor=alice, slug="halyard", email=address)

    assert not Notification.objects.exists()


ENDS: dict[str, Callable[[User, User, Invitation], object]] = {
    "accepted": lambda alice, dana, invited: accept_awaiting_invitation(actor=dana, invitation_id=invited.pk),
    "declined": lambda alice, dana, invited: decline_awaiting_invitation(actor=dana, invitation_id=invited.pk),
    "revoked": lambda alice, dana, invited: revoke_invitation(actor=alice, slug="halyard", invitation_id=invited.pk),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_it_goes_with_the_invitation(
    alice: User, dana: User, invited: Invitation, end: Callable[[User, User, Invitation], object]
) -> None:
    assert count_unread(dana.pk) == 1

    end(alice, dana, invited)

    assert not Notification.objects.filter(user=dana, kind="invitation").exists()


def test_another_invitation_replaces_it(alice: User, dana: User, invited: Invitation) -> None:
    other = create_invitation(actor=alice, slug="halyard", email=dana.email, role="guest")

    assert [url for _title, url in told(dana)] == [other.url]


def test_one_that_has_expired_is_not_shown(dana: User, invited: Invitation) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert told(dana) == []
