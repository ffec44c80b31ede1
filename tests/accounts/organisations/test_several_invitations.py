"""Several addresses are invited at once: which of them were, and why the others were not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Invitation, Organisation, User
from lib.rate_limit import RateLimit
from tests.accounts.steps import labelled_error, read_page
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db

NAMES = ("dana", "erin", "fay")
ADDRESSES = [f"{name}@rope-makers.example" for name in NAMES]


@pytest.fixture
def owner(client_for: ClientFor, alice: User, halyard: Organisation) -> Client:
    return client_for(alice)


@pytest.fixture
def limit(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    settings.THROTTLE = True

    def set_limit(name: str, attempts: int) -> None:
        monkeypatch.setattr(f"accounts.security.limits.{name}", RateLimit(f"several-{name}", attempts, 3600))

    return set_limit


def invite(owner: Client, *emails: str) -> Any:
    return owner.post(
        reverse("accounts:invitations", args=["halyard"]), {"role": "member", "emails": "\n".join(emails)}
    )


def lines_of_error(page: HttpResponse) -> list[str]:
    return labelled_error(page, "emails").split("<br>")


def test_refused_addresses_stand_on_lines_of_their_own(owner: Client, alice: User) -> None:
    refused = invite(owner, ADDRESSES[0], "nobody@", str(alice.email))

    head, wrong, member = lines_of_error(refused)
    assert head == "No invitation was sent. Correct or remove:"
    assert wrong.startswith("nobody@: ") and member == f"{alice.email}: They are a member already."
    assert not Invitation.objects.exists()


def test_beyond_the_limit_the_page_tells_sent_from_unsent(
    owner: Client, limit: Callable[[str, int], None], django_capture_on_commit_callbacks: Any
) -> None:
    limit("INVITATION_MAILS", 2)

    with django_capture_on_commit_callbacks(execute=True):
        page = invite(owner, *ADDRESSES)

    assert page.status_code == 422 and "Mailed to 2 people." in read_page(page)
    (line,) = lines_of_error(page)
    assert line.startswith(f"{ADDRESSES[2]}: Too many attempts.")
    assert f">{ADDRESSES[2]}</textarea>" in read_page(page)
    assert [message.to for message in mail.outbox] == [[ADDRESSES[0]], [ADDRESSES[1]]]
    assert set(Invitation.objects.values_list("email", flat=True)) == set(ADDRESSES[:2])


def test_one_address_that_had_too_many_holds_up_no_other(owner: Client, limit: Callable[[str, int], None]) -> None:
    limit("INVITATION_MAILS_TO_ONE", 1)
    invite(owner, ADDRESSES[0])

    page = invite(owner, *ADDRESSES)

    (line,) = lines_of_error(page)
    assert line.startswith(f"{ADDRESSES[0]}: Too many attempts.")
    assert Invitation.objects.open().count() == 3


def test_where_none_is_sent_none_is_said_to_be(owner: Client, limit: Callable[[str, int], None]) -> None:
    limit("INVITATION_MAILS", 0)

    page = invite(owner, *ADDRESSES)

    assert len(lines_of_error(page)) == 3 and "Mailed to" not in read_page(page)
    assert not Invitation.objects.exists()
