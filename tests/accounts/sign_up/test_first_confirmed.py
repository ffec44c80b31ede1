"""Where addresses have to be confirmed, the first one that is belongs to the administrator of a new server."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import AuditEntry, User
from tests.accounts.steps import confirmation_link, read_page
from tests.conftest import ApiFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

MISTYPED = {"email": "nadia@halyard.exmaple", "password": PASSWORD, "name": "Nadia"}
NADIA = MISTYPED | {"email": "nadia@halyard.example"}
EWAN = {"email": "ewan@halyard.example", "password": PASSWORD, "name": "Ewan"}


@pytest.fixture(autouse=True)
def mandatory(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def sign_up(api_for: ApiFor, person: dict[str, str]) -> Any:
    return api_for(None).call("POST", "/auth/signup", person)


def confirm(email: str) -> None:
    (message,) = (message for message in mail.outbox if message.to == [email])
    Client().post(confirmation_link(message))


def administrators() -> list[str]:
    return list(User.objects.administrators().values_list("email", flat=True))


@pytest.mark.parametrize("policy", ["open", "invite"])
def test_a_mistyped_address_does_not_close_the_door(api_for: ApiFor, settings: Settings, policy: str) -> None:
    settings.SIGNUP = policy

    answers = [sign_up(api_for, person) for person in (MISTYPED, NADIA)]
    assert [(answer.status_code, answer.json()["role"]) for answer in answers] == [(201, "user")] * 2
    assert administrators() == []
    confirm(NADIA["email"])

    assert administrators() == [NADIA["email"]]
    assert api_for(None).call("POST", "/auth/token", {"email": NADIA["email"], "password": PASSWORD}).status_code == 200
    assert AuditEntry.objects.filter(action="update", changes__role=["user", "admin"]).count() == 1


def test_the_second_one_that_is_confirmed_gets_no_rights(api_for: ApiFor) -> None:
    for person in (NADIA, EWAN):
        sign_up(api_for, person)
    for person in (EWAN, NADIA):
        confirm(person["email"])

    assert administrators() == [EWAN["email"]]


def test_by_invitation_the_door_closes_with_the_first_confirmation(api_for: ApiFor, settings: Settings) -> None:
    settings.SIGNUP = "invite"
    sign_up(api_for, NADIA)
    confirm(NADIA["email"])

    assert sign_up(api_for, EWAN).status_code == 403


def test_a_reset_link_confirms_the_first_address_too(api_for: ApiFor, client: Client) -> None:
    sign_up(api_for, NADIA)
    client.post("/accounts/password/reset/", {"email": NADIA["email"]})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    assert link is not None

    form = {"password1": "lighthouse-at-dusk-31", "password2": "lighthouse-at-dusk-31"}
    client.post(client.get(link[0]).headers["Location"], form)

    assert administrators() == [NADIA["email"]]


@pytest.mark.parametrize("settled", [{"role": "admin"}, {"last_login": "2026-01-01T00:00:00Z"}, {"is_staff": True}])
def test_where_another_user_was_before_nobody_gets_rights(api_for: ApiFor, settled: dict[str, Any]) -> None:
    make_user("Bob", **settled)

    sign_up(api_for, NADIA)
    confirm(NADIA["email"])

    assert User.objects.get(email=NADIA["email"]).role == "user"


def test_the_pages_say_so_until_an_address_is_confirmed(api_for: ApiFor) -> None:
    def read(path: str) -> str:
        return read_page(Client().get(path))

    assert "first account whose address is confirmed" in read("/accounts/signup/")
    sign_up(api_for, MISTYPED)

    # A user who has signed up can sign in, for another link; and the next one can sign up.
    assert 'name="password"' in read("/accounts/login/")
    assert "Create the first account" in read("/accounts/login/")
    assert "Already have an account?" in read("/accounts/signup/")
    sign_up(api_for, NADIA)
    confirm(NADIA["email"])

    assert "first account" not in read("/accounts/login/") + read("/accounts/signup/")
