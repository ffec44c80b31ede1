"""What is said of a password while it is typed is what is said when it is sent, and links to a new one die."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from time_machine import TimeMachineFixture

from accounts.models import User
from lib.rate_limit import RateLimit
from tests.accounts.steps import labelled_error
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_email_address, make_user

pytestmark = pytest.mark.django_db

GOOD = "four slow grey gulls"
CANDIDATES = ["short", "password123", "1234567890", "dana.ruiz.77", "dana@halyard.example", GOOD]
DANA = {"name": "Dana Ruiz 77", "email": "dana@halyard.example"}


# Counts outlive a test.
@pytest.fixture(autouse=True)
def unthrottled(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False


@pytest.fixture
def dana(db: None) -> User:
    dana = make_user(DANA["name"], email=DANA["email"], username="dana.ruiz.77", password=PASSWORD)
    make_email_address(dana)
    return dana


def problems_of(client: Client, password: str, **owner: Any) -> list[Any]:
    answer = client.post("/api/v1/auth/password-check", {"password": password} | owner, "application/json")
    assert answer.status_code == 200
    return answer.json()["problems"]


@pytest.mark.parametrize("password", CANDIDATES)
def test_signing_up_refuses_the_same(client: Client, password: str) -> None:
    told = problems_of(client, password, **DANA)

    answer = client.post("/accounts/signup/", DANA | {"password1": password})

    assert User.objects.exists() == (not told)
    if told:
        assert labelled_error(answer, "password1").replace("&#x27;", "'") == "<br>".join(told)


@pytest.mark.parametrize("password", CANDIDATES)
def test_changing_it_refuses_the_same(client_for: ClientFor, dana: User, password: str) -> None:
    browser = client_for(dana)
    told = problems_of(browser, password)

    form = {"current_password": PASSWORD, "new_password": password}
    answer = browser.post("/settings/password/", form)

    assert answer.status_code == (422 if told else 302)
    if told:
        assert labelled_error(answer, "new_password").replace("&#x27;", "'") == "<br>".join(told)


@pytest.mark.parametrize("password", CANDIDATES)
def test_choosing_a_new_one_by_mail_refuses_the_same(client: Client, dana: User, password: str) -> None:
    form = form_behind(client, asked_link(client))
    page = client.get(form).content.decode()
    owner = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("email", "username")}
    told = problems_of(client, password, **owner)

    answer = client.post(form, {"password1": password, "password2": password})

    assert answer.status_code == (200 if told else 302)
    if told:
        assert labelled_error(answer, "password1").replace("&#x27;", "'") == "<br>".join(told)


def test_asking_has_an_end(client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.passwords.api.PASSWORD_CHECKS", RateLimit("checks-test", 1, 600))
    problems_of(client, GOOD)

    again = client.post("/api/v1/auth/password-check", {"password": GOOD}, "application/json")

    assert again.status_code == 429


def asked_link(client: Client, email: str = DANA["email"]) -> str:
    client.post("/accounts/password/reset/", {"email": email})
    return re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()


def form_behind(client: Client, link: str) -> str:
    """Where the form is that a link leads to, or nothing when the link is dead."""
    answer = client.get(link, follow=True)
    return "" if "This link was already used" in answer.content.decode() else answer.redirect_chain[-1][0]


def choose(client: Client, form: str, password: str = GOOD) -> Any:
    return client.post(form, {"password1": password, "password2": password})


def test_a_link_works_once(client: Client, dana: User) -> None:
    link = asked_link(client)

    choose(client, form_behind(client, link))

    dana.refresh_from_db()
    assert dana.check_password(GOOD)
    assert form_behind(Client(), link) == ""


def test_a_link_dies_when_the_password_changes(client: Client, client_for: ClientFor, dana: User) -> None:
    link = asked_link(client)

    client_for(dana).post("/settings/password/", {"current_password": PASSWORD, "new_password": GOOD})

    assert form_behind(client, link) == ""


def test_a_link_dies_with_a_newer_one(client: Client, dana: User, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z")
    first = asked_link(client)
    time_machine.move_to("2026-03-01T09:31:00Z")
    second = asked_link(client)

    assert form_behind(Client(), first) == ""
    assert form_behind(Client(), second) != ""


def test_a_form_already_open_dies_with_a_newer_link_too(
    client: Client, dana: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z")
    form = form_behind(client, asked_link(client))
    time_machine.move_to("2026-03-01T09:31:00Z")
    asked_link(Client())

    choose(client, form)

    dana.refresh_from_db()
    assert dana.check_password(PASSWORD)


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_a_link_dies_after_an_hour(
    client: Client, dana: User, time_machine: TimeMachineFixture, minutes: int, works: bool
) -> None:
    time_machine.move_to("2026-03-01T09:00:00Z")
    link = asked_link(client)
    time_machine.shift(minutes * 60)

    assert bool(form_behind(client, link)) == works


def test_the_cache_holds_nothing_of_a_link_that_would_open(client: Client, dana: User) -> None:
    link = asked_link(client)

    kept = cache.get(f"reset-link:{dana.pk}")

    assert kept and kept in link
    assert len(kept) < 10


def test_no_token_is_in_the_address_of_the_form_nor_goes_elsewhere(client: Client, dana: User) -> None:
    link = asked_link(client)
    token = link.rstrip("/").rpartition("/")[2].partition("-")[2]

    answer = client.get(link, follow=True)

    assert token not in answer.redirect_chain[-1][0] and token not in answer.content.decode()
    assert answer["Referrer-Policy"] == "same-origin"
    assert client.get(link)["Referrer-Policy"] == "same-origin"
