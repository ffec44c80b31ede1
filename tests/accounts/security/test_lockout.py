"""Guessing passwords: counted by whichever door, and never so that a stranger locks the owner out."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.signals import password_reset
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from accounts.security import lockout
from lib.rate_limit import Lockout, RateLimit
from lib.web.errors import TooManyAttempts
from tests.accounts.steps import labelled_error
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_email_address, make_user

pytestmark = pytest.mark.django_db


# Counts outlive a test: each has addresses of its own.
@pytest.fixture
def here() -> str:
    return f"10.{'.'.join(str(secrets.randbelow(256)) for _ in range(3))}"


@pytest.fixture
def elsewhere(here: str) -> str:
    return here.replace("10.", "11.", 1)


@pytest.fixture(autouse=True)
def throttled(settings: Settings) -> None:
    settings.THROTTLE = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def dana(db: None) -> User:
    dana = make_user("Dana", password=PASSWORD, email=f"{uuid4().hex}@halyard.example")
    make_email_address(dana)
    return dana


@pytest.fixture
def by_rest(dana: User, here: str) -> Callable[..., Any]:
    def guess(password: str, address: str = here, email: str = dana.email) -> Any:
        credentials = {"email": email, "password": password}
        return Client().post("/api/v1/auth/token", credentials, "application/json", REMOTE_ADDR=address)

    return guess


@pytest.fixture
def by_form(dana: User, here: str) -> Callable[..., Any]:
    def guess(password: str, address: str = here) -> Any:
        return Client().post("/accounts/login/", {"login": dana.email, "password": password}, REMOTE_ADDR=address)

    return guess


@pytest.fixture
def many_clients(by_rest: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A guesser with many clients, who has used up what all together may try."""
    monkeypatch.setattr(lockout, "LOGIN_ALLOWANCE", RateLimit("anywhere-test", attempts=4, seconds=900))

    def try_hard() -> None:
        for number in range(5):
            by_rest("wrong", f"203.0.113.{number}")

    return try_hard


def test_ten_tries_and_the_door_is_shut(by_rest: Callable[..., Any]) -> None:
    statuses = [by_rest("wrong").status_code for _ in range(11)]
    right = by_rest(PASSWORD)

    assert statuses == [401] * 10 + [429]
    assert right.status_code == 429
    assert 14 * 60 < int(right["Retry-After"]) <= 15 * 60
    assert right["Content-Type"] == "application/problem+json"
    assert "Try again in 15 minutes" in right.json()["detail"]


def test_both_doors_count_together(by_rest: Callable[..., Any], by_form: Callable[..., Any]) -> None:
    for _ in range(5):
        by_rest("wrong")
        by_form("wrong")

    answer = by_form(PASSWORD)

    assert by_rest(PASSWORD).status_code == 429
    assert labelled_error(answer, "password") == "Too many attempts. Try again in 15 minutes."


def test_unknown_addresses_are_counted_alike(by_rest: Callable[..., Any]) -> None:
    nobody = f"{uuid4().hex}@halyard.example"

    statuses = [by_rest("wrong", email=nobody).status_code for _ in range(11)]

    assert statuses == [401] * 10 + [429]


def test_the_door_opens_so_long_after_the_last_try(here: str) -> None:
    lock = Lockout("lock-test", attempts=2, seconds=1)

    lock.record_attempt(here)
    sleep(0.6)
    lock.record_attempt(here)
    sleep(0.6)
    with pytest.raises(TooManyAttempts):
        lock.record_attempt(here)
    sleep(0.6)
    lock.record_attempt(here)


def test_the_right_password_forgets_the_wrong_ones(by_rest: Callable[..., Any], by_form: Callable[..., Any]) -> None:
    for guess in (by_rest, by_form, by_rest):
        for _ in range(9):
            guess("wrong")
        assert guess(PASSWORD).status_code in (200, 302)


def test_a_stranger_elsewhere_shuts_nobody_out(
    by_rest: Callable[..., Any], by_form: Callable[..., Any], elsewhere: str
) -> None:
    for _ in range(12):
        by_form("wrong", elsewhere)

    assert by_rest(PASSWORD, elsewhere).status_code == 429
    assert by_rest(PASSWORD).status_code == 200


def test_many_clients_together_are_bound_and_the_owner_is_not(
    by_rest: Callable[..., Any], by_form: Callable[..., Any], many_clients: Callable[..., Any], elsewhere: str
) -> None:
    assert by_rest(PASSWORD).status_code == 200
    many_clients()

    assert by_rest(PASSWORD, elsewhere).status_code == 429
    assert by_rest(PASSWORD).status_code == 200
    assert by_form(PASSWORD).status_code == 302


def test_whoever_reset_the_password_gets_in_from_anywhere(
    by_rest: Callable[..., Any], dana: User, many_clients: Callable[..., Any], elsewhere: str
) -> None:
    many_clients()
    by_mail = RequestFactory().post("/", REMOTE_ADDR=elsewhere)
    by_mail.session = {}

    password_reset.send(sender=type(dana), request=by_mail, user=dana)

    assert by_rest(PASSWORD, elsewhere).status_code == 200
    assert by_rest(PASSWORD).status_code == 429


def test_a_network_of_many_addresses_is_one_client(by_rest: Callable[..., Any]) -> None:
    statuses = [by_rest("wrong", f"2001:db8:1:2::{number}").status_code for number in range(11)]

    assert statuses[-1] == 429
    assert by_rest(PASSWORD, "2001:db8:1:3::1").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_simultaneous_guesses_ten_are_looked_at(by_rest: Callable[..., Any]) -> None:
    def guess(_: int) -> int:
        try:
            return by_rest("wrong").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(guess, range(24)))

    assert statuses == [401] * 10 + [429] * 14


@pytest.mark.parametrize("page", ["password/change", "password/set", "reauthenticate"])
def test_allauths_own_pages_look_at_no_password(client_for: ClientFor, dana: User, page: str) -> None:
    form = {"oldpassword": PASSWORD, "password": PASSWORD, "password1": "four slow grey gulls"}

    answer = client_for(dana).post(f"/accounts/{page}/", form)

    dana.refresh_from_db()
    assert answer.url == "/settings/password/"
    assert dana.check_password(PASSWORD)
