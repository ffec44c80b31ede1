"""Who is in an organisation, in which role."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import change_member_role, remove_member
from tests.conftest import ApiFor
from tests.factories import make_membership, make_organisation, make_user

pytestmark = pytest.mark.django_db

ROLES = ("owner", "admin", "member", "guest")


def role_of(user: User) -> str | None:
    return Membership.objects.filter(user=user, organisation__slug="harbour").values_list("role", flat=True).first()


@pytest.fixture
def harbour(db: None) -> Organisation:
    """An organisation with a spare owner, and two people whose roles each test sets."""
    organisation = make_organisation("Harbour", owner=make_user("Owner"))
    for name in ("Actor", "Target"):
        make_membership(organisation, make_user(name))
    return organisation


@pytest.fixture
def cast(harbour: Organisation) -> Callable[..., Any]:
    def assign(**roles: Any) -> tuple[User, User]:
        people = {}
        for name, role in roles.items():
            membership = harbour.memberships.select_related("user").get(user__username=name)
            membership.role = role
            membership.save()
            people[name] = membership.user
        return people["actor"], people["target"]

    return assign


MAY_CHANGE = {
    "owner": {(before, after) for before in ROLES for after in ROLES},
    "admin": {(before, after) for before in ROLES[1:] for after in ROLES[1:]} | {("owner", "owner")},
    "member": set(),
    "guest": set(),
}


@pytest.mark.parametrize("after", ROLES)
@pytest.mark.parametrize("before", ROLES)
@pytest.mark.parametrize("actor_role", ROLES)
def test_who_may_give_which_role(cast: Callable[..., Any], actor_role: str, before: str, after: str) -> None:
    actor, target = cast(actor=actor_role, target=before)
    allowed = (before, after) in MAY_CHANGE[actor_role]

    try:
        change_member_role(actor=actor, slug="harbour", user_id=target.pk, role=after)
    except PermissionDenied:
        assert not allowed
    else:
        assert allowed
    assert role_of(target) == (after if allowed else before)


MAY_REMOVE = {"owner": set(ROLES), "admin": {"admin", "member", "guest"}, "member": set(), "guest": set()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("actor_role", ROLES)
def test_who_may_remove_whom(cast: Callable[..., Any], actor_role: str, role: str) -> None:
    actor, target = cast(actor=actor_role, target=role)
    allowed = role in MAY_REMOVE[actor_role]

    try:
        remove_member(actor=actor, slug="harbour", user_id=target.pk)
    except PermissionDenied:
        assert not allowed
    else:
        assert allowed
    assert role_of(target) == (None if allowed else role)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_leave(cast: Callable[..., Any], role: str) -> None:
    actor, _ = cast(actor=role, target="member")

    remove_member(actor=actor, slug="harbour", user_id=actor.pk)

    assert role_of(actor) is None


def test_the_last_owner_stays(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    api = api_for(alice)

    left = api.call("DELETE", f"/orgs/halyard/members/{alice.pk}")
    demoted = api.call("PATCH", f"/orgs/halyard/members/{alice.pk}", {"role": "admin"})

    assert {(response.status_code, response.json()["code"]) for response in (left, demoted)} == {(409, "last_owner")}
    assert halyard.memberships.get(user=alice).role == "owner"


def test_everybody_sees_who_is_in_it_and_admins_their_addresses(
    api_for: ApiFor, alice: User, bob: User, robin: User, halyard: Organisation
) -> None:
    seen_by_alice = api_for(alice).call("GET", "/orgs/halyard/members").json()["items"]
    seen_by_bob = api_for(bob).call("GET", "/orgs/halyard/members").json()["items"]

    assert [(item["user"]["name"], item["role"]) for item in seen_by_bob] == [
        ("Alice", "owner"),
        ("Bob", "member"),
        ("Robin", "member"),
    ]
    assert seen_by_alice[1]["user"]["email"] == bob.email
    assert {item["user"]["email"] for item in seen_by_bob} == {None}


def test_the_list_costs_the_same_for_many(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        make_membership(halyard, make_user(f"Person {number}"))
    api = api_for(alice)

    with django_assert_num_queries(3):
        page = api.call("GET", "/orgs/halyard/members?limit=20").json()

    assert len(page["items"]) == 20
    assert page["next_cursor"]


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"role": "guest"}), ("DELETE", None)])
def test_the_ladder_of_refusals(
    api_for: ApiFor,
    alice: User,
    bob: User,
    robin: User,
    charlie: User,
    halyard: Organisation,
    method: str,
    body: dict[str, str] | None,
) -> None:
    path = f"/orgs/halyard/members/{robin.pk}"

    assert api_for(bob).call(method, path, body).status_code == 403
    assert api_for(charlie).call(method, path, body).status_code == 404
    assert api_for(None).call(method, path, body).status_code == 401
    assert api_for(alice).call(method, f"/orgs/halyard/members/{charlie.pk}", body).status_code == 404
    assert api_for(alice).call(method, f"/orgs/halyard/members/{uuid4()}", body).status_code == 404
    assert api_for(alice).call(method, "/orgs/halyard/members/nonsense", body).status_code == 422
    assert halyard.memberships.get(user=robin).role == "member"


def test_strangers_see_no_members(api_for: ApiFor, charlie: User, halyard: Organisation) -> None:
    assert api_for(charlie).call("GET", "/orgs/halyard/members").status_code == 404
    assert api_for(None).call("GET", "/orgs/halyard/members").status_code == 401


def test_an_unknown_role_is_refused(api_for: ApiFor, alice: User, bob: User, halyard: Organisation) -> None:
    response = api_for(alice).call("PATCH", f"/orgs/halyard/members/{bob.pk}", {"role": "emperor"})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=OB", ["Bob", "Robin"]),
        ("role=owner", ["Alice"]),
        ("kind=agent", ["Robin"]),
        ("second_factor=off", ["Alice", "Bob"]),
        ("second_factor=on", []),
        ("q=bob@halyard", ["Bob"]),
    ],
)
def test_members_are_searched_and_filtered(
    api_for: ApiFor, alice: User, halyard: Organisation, query: str, found: list[Any]
) -> None:
    items = api_for(alice).call("GET", f"/orgs/halyard/members?{query}").json()["items"]

    assert [item["user"]["name"] for item in items] == found


def test_addresses_and_second_factors_are_no_way_to_ask_for_members(
    api_for: ApiFor, bob: User, halyard: Organisation
) -> None:
    api = api_for(bob)

    assert api.call("GET", "/orgs/halyard/members?q=alice@halyard").json()["items"] == []
    assert api.call("GET", "/orgs/halyard/members?second_factor=off").status_code == 403
    assert api.call("GET", "/orgs/halyard/members?format=csv").status_code == 403
    assert api.call("GET", "/orgs/halyard/members?role=king").status_code == 422
