"""Organisations over REST."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.organisations import create_organisation
from chat.models import Room
from tests.conftest import ApiFor
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def test_whoever_creates_an_organisation_owns_it(api_for: ApiFor, charlie: User) -> None:
    response = api_for(charlie).call("POST", "/orgs", {"name": " Blue  Harbour "})

    assert response.status_code == 201
    assert response.json() | {"id": 0, "created_at": 0, "updated_at": 0} == {
        "id": 0,
        "name": "Blue Harbour",
        "slug": "blue-harbour",
        "role": "owner",
        "requires_second_factor": False,
        "link_previews": True,
        "removes_photo_data": True,
        "edit_window": None,
        "delete_window": None,
        "read_receipts": True,
        "emoji_by_admins": False,
        "share_links": True,
        "created_at": 0,
        "updated_at": 0,
    }


@pytest.mark.django_db(transaction=True)
def test_organisations_of_one_name_may_be_founded_at_once(charlie: User) -> None:
    def found(_: int) -> str:
        try:
            return create_organisation(actor=charlie, name="Harbour").slug
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        slugs = sorted(threads.map(found, range(4)))

    assert slugs == ["harbour", "harbour-2", "harbour-3", "harbour-4"]


def test_a_general_room_comes_with_it(api_for: ApiFor, charlie: User) -> None:
    api = api_for(charlie)
    api.call("POST", "/orgs", {"name": "Harbour"})

    assert [room["name"] for room in api.call("GET", "/orgs/harbour/rooms").json()["items"]] == ["general"]


def test_a_slug_is_found_when_the_obvious_one_is_taken(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    slugs = [api_for(alice).call("POST", "/orgs", {"name": "Halyard!"}).json()["slug"] for _ in range(2)]

    assert slugs == ["halyard-2", "halyard-3"]


def test_a_chosen_slug_that_is_taken_is_refused(api_for: ApiFor, charlie: User, halyard: Organisation) -> None:
    response = api_for(charlie).call("POST", "/orgs", {"name": "Other", "slug": "halyard"})

    assert (response.status_code, response.json()["errors"][0]["loc"]) == (409, ["body", "slug"])
    assert Membership.objects.filter(user=charlie).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 81},
        {"name": "Fine", "slug": "Not fine"},
        {"name": "Fine", "slug": "-"},
        [],
        None,
    ],
)
def test_bad_input_is_refused(api_for: ApiFor, charlie: User, body: Any) -> None:
    assert api_for(charlie).call("POST", "/orgs", body).status_code == 422


def test_a_name_without_letters_gets_a_slug_too(api_for: ApiFor, charlie: User) -> None:
    assert api_for(charlie).call("POST", "/orgs", {"name": "海"}).json()["slug"] == "organisation"


def test_one_lists_ones_own_only(api_for: ApiFor, alice: User, charlie: User, halyard: Organisation) -> None:
    assert [item["slug"] for item in api_for(alice).call("GET", "/orgs").json()["items"]] == ["halyard"]
    assert [item["slug"] for item in api_for(charlie).call("GET", "/orgs").json()["items"]] == ["elsewhere"]


def test_the_list_comes_in_pages_at_a_constant_cost(
    api_for: ApiFor, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        make_organisation(f"Org {number}", owner=alice)
    api = api_for(alice)

    with django_assert_num_queries(2):
        first = api.call("GET", "/orgs?limit=3").json()
    second = api.call("GET", f"/orgs?limit=3&cursor={first['next_cursor']}").json()

    assert [item["slug"] for item in first["items"] + second["items"]] == [f"org-{number}" for number in range(5)]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=-1", "limit=x", f"limit={10**20}", "cursor=nonsense"])
def test_bad_paging_is_refused(api_for: ApiFor, alice: User, query: str) -> None:
    assert api_for(alice).call("GET", f"/orgs?{query}").status_code == 422


def test_everybody_in_it_sees_it_and_their_role(api_for: ApiFor, bob: User, halyard: Organisation) -> None:
    assert api_for(bob).call("GET", "/orgs/halyard").json()["role"] == "member"


def test_owners_rename_it(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    response = api_for(alice).call("PATCH", "/orgs/halyard", {"name": "Halyard & Co", "slug": "other"})

    assert (response.json()["name"], response.json()["slug"]) == ("Halyard & Co", "halyard")


def test_owners_delete_it(api_for: ApiFor, alice: User, halyard: Organisation, room: Room) -> None:
    assert api_for(alice).call("DELETE", "/orgs/halyard").status_code == 204
    assert not Organisation.objects.filter(slug="halyard").exists()


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PATCH", {"name": "Mine now"}), ("DELETE", None)])
def test_the_ladder_of_refusals(
    api_for: ApiFor,
    bob: User,
    charlie: User,
    halyard: Organisation,
    method: str,
    body: dict[str, str] | None,
) -> None:
    statuses = [api_for(user).call(method, "/orgs/halyard", body).status_code for user in (bob, charlie, None)]
    missing = api_for(charlie).call(method, "/orgs/nowhere", body)
    hidden = api_for(charlie).call(method, "/orgs/halyard", body)

    assert statuses == [200 if method == "GET" else 403, 404, 401]
    assert (missing.status_code, missing.content) == (404, hidden.content)
    assert api_for(bob).call(method, "/orgs/Not%20a%20slug", body).status_code == 422
    assert Organisation.objects.get(slug="halyard").name == "Halyard"
