"""The record of tries to sign in: complete, for good, and shown to whom it concerns."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.login_attempts.services import record_login_attempt
from accounts.models import LoginAttempt, User
from accounts.models.base import AppendOnly
from lib.web.pagination import encode_cursor
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/settings/history/"


def tried(user: User, count: int = 1, **details: Any) -> list[LoginAttempt]:
    details = {"method": "password", "ip_address": "192.0.2.7", "user_agent": FIREFOX} | details
    return [record_login_attempt(user=user, email=user.email, **details) for _ in range(count)]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(outcome="success"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update(list(rows), ["reason"]),
        lambda rows: rows.bulk_create(
            list(rows), update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
        ),
        lambda rows: rows.update_or_create(defaults={"reason": ""}, pk=rows.get().pk),
        lambda rows: rows.get().save(),
        lambda rows: rows.get().delete(),
    ],
)
def test_what_happened_cannot_be_changed_nor_deleted(alice: User, change: Callable[..., Any]) -> None:
    [attempt] = tried(alice, reason="wrong_password")

    with pytest.raises(AppendOnly), transaction.atomic():
        change(LoginAttempt.objects.filter(pk=attempt.pk))

    assert LoginAttempt.objects.values_list("outcome", "reason").get() == ("failure", "wrong_password")


def test_a_try_outlives_the_person_it_names(alice: User) -> None:
    tried(alice)

    alice.delete()

    assert LoginAttempt.objects.values_list("user", "email").get() == (None, "alice@halyard.example")


def test_a_try_at_a_shut_door_is_kept_by_both_doors(
    client: Client, api_for: ApiFor, dana: User, settings: Settings
) -> None:
    settings.THROTTLE = True
    for _ in range(10):
        client.post("/accounts/login/", {"login": dana.email, "password": "wrong"}, REMOTE_ADDR="10.9.8.7")
    client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD}, REMOTE_ADDR="10.9.8.7")
    client.post(
        "/api/v1/auth/token", {"email": dana.email, "password": PASSWORD}, "application/json", REMOTE_ADDR="10.9.8.7"
    )

    locked = LoginAttempt.objects.filter(reason="locked").order_by("pk")
    assert list(locked.values_list("user", "method", "outcome", "ip_address")) == [
        (dana.pk, "password", "failure", "10.9.8.7"),
        (dana.pk, "token", "failure", "10.9.8.7"),
    ]


def test_one_reads_the_own_tries_newest_first(api_for: ApiFor, alice: User, bob: User) -> None:
    tried(alice, reason="wrong_password", method="token")
    tried(alice)
    tried(bob)

    items = api_for(alice).call("GET", "/me/login-attempts").json()["items"]

    assert [(item["method"], item["outcome"], item["reason"]) for item in items] == [
        ("password", "success", ""),
        ("token", "failure", "wrong_password"),
    ]
    assert (items[0]["ip_address"], items[0]["user_agent"]) == ("192.0.2.7", FIREFOX)
    assert items[0].keys() == {"id", "method", "outcome", "reason", "ip_address", "user_agent", "created_at"}


def test_the_list_comes_in_pages(api_for: ApiFor, alice: User) -> None:
    tried(alice, count=3)
    api = api_for(alice)

    first = api.call("GET", "/me/login-attempts?limit=2").json()
    second = api.call("GET", f"/me/login-attempts?limit=2&cursor={first['next_cursor']}").json()

    assert [len(first["items"]), len(second["items"]), second["next_cursor"]] == [2, 1, None]


def test_nobody_else_reads_them(api_for: ApiFor) -> None:
    assert api_for(None).call("GET", "/me/login-attempts").status_code == 401


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_costs_the_same_for_any_number(
    api_for: ApiFor,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    tried(alice, count=count)
    api = api_for(alice)

    with django_assert_num_queries(2):
        api.call("GET", "/me/login-attempts")


def test_the_page_says_it_in_words(client_for: ClientFor, alice: User) -> None:
    tried(alice, reason="wrong_password")
    tried(alice, method="token", user_agent="curl/8.1")

    page = client_for(alice).get(PAGE).content.decode()

    assert "Firefox on Linux" in page and "Wrong password" in page
    assert "Tried with the password from 192.0.2.7" in page
    assert "curl" in page and "Signed in from an app from 192.0.2.7" in page


def test_the_page_has_earlier_pages(client_for: ClientFor, alice: User) -> None:
    tried(alice, count=26, user_agent="curl/8.1")
    browser = client_for(alice)

    first = browser.get(PAGE)
    older = first.content.decode().partition('href="?cursor=')[2].partition('"')[0]
    second = browser.get(f"{PAGE}?cursor={older}").content.decode()

    assert "Earlier attempts" not in first.content.decode()
    assert "Earlier attempts" in second and f'href="{PAGE}"' in second
    assert browser.get(f"{PAGE}?cursor=made-up").status_code == 404


def test_behind_the_first_try_the_page_is_empty_and_says_so(client_for: ClientFor, alice: User) -> None:
    page = client_for(alice).get(f"{PAGE}?cursor={encode_cursor(UUID(int=0))}")

    assert "Nothing yet" in page.content.decode()


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_costs_the_same_for_any_number(
    client_for: ClientFor, alice: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    tried(alice, count=count)
    browser = client_for(alice)
    browser.get(PAGE)

    with django_assert_num_queries(4):
        browser.get(PAGE)
