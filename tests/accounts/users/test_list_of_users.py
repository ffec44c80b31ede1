"""System administrators list, search and filter all accounts over REST."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from tests.accounts.steps import enrol
from tests.conftest import ApiClient, ApiFor
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unthrottled")]

DORA = {"email": "Dora@Halyard.example", "name": "Dora Diver"}


def names(answer: Any) -> list[Any]:
    return [item["name"] for item in answer.json()["items"]]


def test_everybody_is_listed_with_what_an_administrator_needs(
    admin: ApiClient, alice: User, robin: User, halyard: Organisation
) -> None:
    [shown] = [item for item in admin.call("GET", "/admin/users").json()["items"] if item["name"] == "Alice"]

    assert shown["email"] == alice.email
    assert (shown["role"], shown["is_active"], shown["second_factor"], shown["organisations"]) == (
        "user",
        True,
        False,
        1,
    )
    assert {"email_verified", "last_login", "last_seen", "created_at"} <= shown.keys()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=LICE", ["Alice"]),
        ("q=bob@halyard", ["Bob"]),
        ("role=admin", ["Root"]),
        ("status=inactive", ["Bob"]),
        ("kind=agent", ["Robin"]),
        ("second_factor=on", ["Alice"]),
        ("q=nobody", []),
    ],
)
def test_the_list_is_searched_and_filtered(
    admin: ApiClient, alice: User, bob: User, robin: User, query: str, found: list[Any]
) -> None:
    enrol(alice)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert names(admin.call("GET", f"/admin/users?{query}")) == found


@pytest.mark.parametrize("query", ["role=king", "status=1", "q=" + "x" * 81, "q=%00", "limit=0", "format=xml"])
def test_a_filter_that_is_none_is_refused(admin: ApiClient, query: str) -> None:
    assert admin.call("GET", f"/admin/users?{query}").status_code == 422


def test_the_list_comes_in_pages_and_costs_the_same_for_many(
    admin: ApiClient, halyard: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_user(f"Person {number}")

    with django_assert_num_queries(2):
        first = admin.call("GET", "/admin/users?limit=20").json()
    rest = admin.call("GET", f"/admin/users?limit=20&cursor={first['next_cursor']}").json()

    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (20, 4, None)


def test_to_all_others_the_list_is_closed(api_for: ApiFor, alice: User) -> None:
    assert api_for(alice).call("GET", "/admin/users").status_code == 403
    assert api_for(alice).call("GET", "/admin/users?format=csv").status_code == 403
    assert api_for(alice).call("POST", "/admin/users", DORA).status_code == 403
    assert api_for(None).call("GET", "/admin/users").status_code == 401
