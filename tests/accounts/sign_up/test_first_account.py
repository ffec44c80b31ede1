"""The first account of an empty server becomes its administrator, and no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.sign_up.services import sign_up
from tests.accounts.steps import read_page
from tests.conftest import ApiFor
from tests.factories import PASSWORD, make_agent, make_user

pytestmark = pytest.mark.django_db

NADIA = {"email": "nadia@halyard.example", "password": PASSWORD, "name": "Nadia"}


def test_the_first_one_administers_the_server_and_the_second_does_not(api_for: ApiFor) -> None:
    first = api_for(None).call("POST", "/auth/signup", NADIA)
    second = api_for(None).call("POST", "/auth/signup", NADIA | {"email": "ewan@halyard.example"})

    assert (first.json()["role"], second.json()["role"]) == ("admin", "user")
    assert list(User.objects.administrators().values_list("email", flat=True)) == ["nadia@halyard.example"]
    assert AuditEntry.objects.filter(action="create", changes__role=[None, "admin"]).count() == 1


def test_agents_are_nobody(api_for: ApiFor) -> None:
    make_agent("Robin")

    assert api_for(None).call("POST", "/auth/signup", NADIA).json()["role"] == "admin"


def test_a_server_with_accounts_and_no_administrator_gives_nobody_rights(api_for: ApiFor) -> None:
    make_user("Bob")

    assert api_for(None).call("POST", "/auth/signup", NADIA).json()["role"] == "user"


def test_the_pages_say_that_the_server_is_new(client: Client) -> None:
    entrance, sign_up = read_page(client.get("/accounts/login/")), read_page(client.get("/accounts/signup/"))
    assert "Create the first account" in entrance
    assert "becomes the system administrator" in sign_up
    # Nobody can sign in yet.
    assert 'name="password"' not in entrance
    assert "Already have an account?" not in sign_up

    form = {"name": "Nadia", "email": NADIA["email"], "password1": PASSWORD}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert User.objects.get().role == "admin"

    stranger = Client()
    entrance, sign_up = read_page(stranger.get("/accounts/login/")), read_page(stranger.get("/accounts/signup/"))
    assert "first account" not in entrance
    assert 'name="password"' in entrance
    assert "system administrator" not in sign_up
    assert "Already have an account?" in sign_up


def test_by_invitation_the_first_one_needs_none(api_for: ApiFor, client: Client, settings: Any) -> None:
    settings.SIGNUP = "invite"
    assert "Create the first account" in read_page(client.get("/accounts/login/"))
    assert client.get("/accounts/signup/").status_code == 200

    first = api_for(None).call("POST", "/auth/signup", NADIA)
    second = api_for(None).call("POST", "/auth/signup", NADIA | {"email": "ewan@halyard.example"})

    assert (first.status_code, second.status_code) == (201, 403)
    assert "By invitation" in read_page(client.get("/accounts/signup/"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("policy", ["open", "invite"])
def test_of_several_at_once_one_is_the_first(settings: Any, policy: str) -> None:
    settings.SIGNUP = policy

    def arrive(number: int) -> bool:
        try:
            sign_up(email=f"nadia{number}@halyard.example", password=PASSWORD, name="Nadia")
        except PermissionDenied:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(arrive, range(4)))

    assert User.objects.administrators().count() == 1
    assert came.count(True) == (4 if policy == "open" else 1)
