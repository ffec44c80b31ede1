"""Who is in an organisation, in which role."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.errors import Conflict
from accounts.models import Membership
from accounts.services.organisations import change_member_role, remove_member
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db

ROLES = ("owner", "admin", "member", "guest")


def role_of(user):
    return Membership.objects.filter(user=user, organisation__slug="harbour").values_list("role", flat=True).first()


@pytest.fixture
def harbour(db):
    """An organisation with a spare owner, and two people whose roles each test sets."""
    organisation = make_organisation("Harbour", owner=make_user("Owner"))
    for name in ("Actor", "Target"):
        Membership.objects.create(organisation=organisation, user=make_user(name))
    return organisation


@pytest.fixture
def cast(harbour):
    def assign(**roles):
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
def test_who_may_give_which_role(cast, actor_role, before, after):
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
def test_who_may_remove_whom(cast, actor_role, role):
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
def test_everybody_may_leave(cast, role):
    actor, _ = cast(actor=role, target="member")

    remove_member(actor=actor, slug="harbour", user_id=actor.pk)

    assert role_of(actor) is None


def test_the_last_owner_stays(api_for, alice, halyard):
    api = api_for(alice)

    left = api.call("DELETE", f"/orgs/halyard/members/{alice.pk}")
    demoted = api.call("PATCH", f"/orgs/halyard/members/{alice.pk}", {"role": "admin"})

    assert {(response.status_code, response.json()["code"]) for response in (left, demoted)} == {(409, "last_owner")}
    assert halyard.memberships.get(user=alice).role == "owner"


def leave(actor, other):
    remove_member(actor=actor, slug="halyard", user_id=actor.pk)


def step_down(actor, other):
    change_member_role(actor=actor, slug="halyard", user_id=actor.pk, role="member")


def demote_the_other(actor, other):
    change_member_role(actor=actor, slug="halyard", user_id=other.pk, role="member")


@pytest.mark.parametrize("attempt", [leave, step_down, demote_the_other])
@pytest.mark.django_db(transaction=True)
def test_two_owners_at_once_do_not_leave_an_organisation_without_one(halyard, alice, bob, attempt):
    for _ in range(5):
        Membership.objects.update_or_create(organisation=halyard, user=alice, defaults={"role": "owner"})
        Membership.objects.update_or_create(organisation=halyard, user=bob, defaults={"role": "owner"})

        def act(pair):
            try:
                attempt(*pair)
            except (Conflict, PermissionDenied):
                return "refused"
            finally:
                connection.close()
            return "done"

        with ThreadPoolExecutor(2) as threads:
            outcomes = sorted(threads.map(act, [(alice, bob), (bob, alice)]))

        assert outcomes == ["done", "refused"]
        assert halyard.memberships.filter(role="owner").count() == 1


def test_everybody_sees_who_is_in_it_and_admins_their_addresses(api_for, alice, bob, robin, halyard):
    seen_by_alice = api_for(alice).call("GET", "/orgs/halyard/members").json()["items"]
    seen_by_bob = api_for(bob).call("GET", "/orgs/halyard/members").json()["items"]

    assert [(item["user"]["name"], item["role"]) for item in seen_by_bob] == [
        ("Alice", "owner"),
        ("Bob", "member"),
        ("Robin", "member"),
    ]
    assert seen_by_alice[1]["user"]["email"] == bob.email
    assert {item["user"]["email"] for item in seen_by_bob} == {None}


def test_the_list_costs_the_same_for_many(api_for, alice, halyard, django_assert_num_queries):
    for number in range(20):
        Membership.objects.create(organisation=halyard, user=make_user(f"Person {number}"))
    api = api_for(alice)

    with django_assert_num_queries(3):
        page = api.call("GET", "/orgs/halyard/members?limit=20").json()

    assert len(page["items"]) == 20
    assert page["next_cursor"]


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"role": "guest"}), ("DELETE", None)])
def test_the_ladder_of_refusals(api_for, alice, bob, robin, charlie, halyard, method, body):
    path = f"/orgs/halyard/members/{robin.pk}"

    assert api_for(bob).call(method, path, body).status_code == 403
    assert api_for(charlie).call(method, path, body).status_code == 404
    assert api_for(None).call(method, path, body).status_code == 401
    assert api_for(alice).call(method, f"/orgs/halyard/members/{charlie.pk}", body).status_code == 404
    assert api_for(alice).call(method, f"/orgs/halyard/members/{uuid4()}", body).status_code == 404
    assert api_for(alice).call(method, "/orgs/halyard/members/nonsense", body).status_code == 422
    assert halyard.memberships.get(user=robin).role == "member"


def test_strangers_see_no_members(api_for, charlie, halyard):
    assert api_for(charlie).call("GET", "/orgs/halyard/members").status_code == 404
    assert api_for(None).call("GET", "/orgs/halyard/members").status_code == 401


def test_an_unknown_role_is_refused(api_for, alice, bob, halyard):
    response = api_for(alice).call("PATCH", f"/orgs/halyard/members/{bob.pk}", {"role": "emperor"})

    assert response.status_code == 422
