"""Lists of projects show what their reader sees, at the same cost for one as for many."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from tasks.models import Project
from tasks.projects.services.projects import create_project
from tests.conftest import ApiFor
from tests.tasks.steps import make_tasks

pytestmark = pytest.mark.django_db

PATH = "/orgs/halyard/projects"


def test_a_reader_finds_their_own_and_the_open_ones(
    api_for: ApiFor, alice: User, bob: User, robin: User, halyard: Organisation, project: Project
) -> None:
    create_project(actor=alice, slug=halyard.slug, name="Open", visibility="organisation")
    create_project(actor=alice, slug=halyard.slug, name="Closed")

    def shown(user: User) -> dict[str, str | None]:
        return {item["name"]: item["role"] for item in api_for(user).call("GET", PATH).json()["items"]}

    assert shown(alice) == {"Harbour Light": "admin", "Open": "admin", "Closed": "admin"}
    assert shown(bob) == {"Harbour Light": "member", "Open": None}
    Membership.objects.filter(user=bob).update(role=Membership.Role.GUEST)
    assert shown(bob) == {"Harbour Light": "member"}
    assert shown(robin) == {"Open": None}


def test_tasks_are_counted_by_their_status(api_for: ApiFor, alice: User, project: Project) -> None:
    for status, count in (("pending", 3), ("in_progress", 2), ("completed", 1)):
        make_tasks(project.columns.get(status=status), count)

    counts = {"pending": 3, "in_progress": 2, "completed": 1}
    assert api_for(alice).call("GET", f"/projects/{project.pk}").json()["tasks"] == counts
    assert api_for(alice).call("GET", PATH).json()["items"][0]["tasks"] == counts


def test_a_list_takes_as_many_queries_for_one_as_for_five(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation, project: Project,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    api = api_for(alice)
    with django_assert_num_queries(5):  # token, organisation, projects, roles, tasks
        assert len(api.call("GET", PATH).json()["items"]) == 1
    for number in range(4):
        create_project(actor=bob, slug=halyard.slug, name=f"Open {number}", visibility="organisation")
    with django_assert_num_queries(5):
        assert len(api.call("GET", PATH).json()["items"]) == 5


def test_a_repeated_creation_is_answered_with_the_first(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    headers = {"Idempotency-Key": "once"}
    first, second = (api_for(alice).call("POST", PATH, {"name": "Atrium"}, **headers) for _ in range(2))

    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert Project.objects.count() == 1


def test_a_change_names_what_it_changes_alone(api_for: ApiFor, alice: User, bob: User, project: Project) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}"
    body = {"git_url": "git@git.example:halyard/light.git", "git_branch": "main", "owner_id": str(bob.pk)}

    changed = admin.call("PATCH", path, body).json()

    assert (changed["git_url"], changed["git_branch"]) == (body["git_url"], "main")
    assert (changed["owner"]["username"], changed["name"], changed["key"]) == ("bob", "Harbour Light", "HL")
    assert admin.call("PATCH", path, {"git_url": None}).json()["git_url"] == ""
    assert admin.call("PATCH", path, {"git_url": "javascript:alert(1)"}).status_code == 422


def test_days_are_set_and_cleared(api_for: ApiFor, alice: User, project: Project) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}"

    changed = admin.call("PATCH", path, {"start_date": "2026-03-02", "target_date": "2026-06-30"}).json()
    assert (changed["start_date"], changed["target_date"]) == ("2026-03-02", "2026-06-30")
    assert admin.call("PATCH", path, {"target_date": "2026-03-01"}).status_code == 422
    assert admin.call("PATCH", path, {"target_date": "soon"}).status_code == 422
    changed = admin.call("PATCH", path, {"start_date": None}).json()
    assert (changed["start_date"], changed["target_date"]) == (None, "2026-06-30")


def test_only_a_member_owns_a_project(api_for: ApiFor, alice: User, robin: User, project: Project) -> None:
    answer = api_for(alice).call("PATCH", f"/projects/{project.pk}", {"owner_id": str(robin.pk)})

    assert answer.status_code == 422


def test_a_key_is_changed_to_one_that_is_free(
    api_for: ApiFor, alice: User, halyard: Organisation, project: Project
) -> None:
    create_project(actor=alice, slug=halyard.slug, name="Other", key="OT")
    admin, path = api_for(alice), f"/projects/{project.pk}"

    assert admin.call("PATCH", path, {"key": "ot"}).status_code == 409
    assert admin.call("PATCH", path, {"key": "hl2"}).json()["key"] == "HL2"
