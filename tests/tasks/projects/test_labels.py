"""Labels of a project's tasks."""

from __future__ import annotations

import pytest

from accounts.models import User
from tasks.models import Label, Project
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_labels_are_created_changed_and_deleted(api_for: ApiFor, bob: User, project: Project) -> None:
    member, path = api_for(bob), f"/projects/{project.pk}/labels"
    made = member.call("POST", path, {"name": " Paint ", "color": "red"})
    assert (made.status_code, made.json()["name"], made.json()["color"]) == (201, "Paint", "red")
    label = f"/labels/{made.json()['id']}"

    assert member.call("PATCH", label, {"name": "Varnish", "color": "blue"}).json()["name"] == "Varnish"
    assert [item["color"] for item in member.call("GET", path).json()["items"]] == ["blue"]
    assert member.call("PATCH", label, {"color": "mauve"}).status_code == 422
    assert member.call("DELETE", label).status_code == 204
    assert not Label.objects.exists()


def test_names_differ_by_more_than_case_and_accents(api_for: ApiFor, bob: User, project: Project) -> None:
    member, path = api_for(bob), f"/projects/{project.pk}/labels"
    member.call("POST", path, {"name": "Café"})
    other = member.call("POST", path, {"name": "Tea"}).json()

    assert member.call("POST", path, {"name": "CAFE"}).status_code == 409
    assert member.call("PATCH", f"/labels/{other['id']}", {"name": "cafe"}).status_code == 409
    assert Label.objects.count() == 2


def test_who_is_not_in_the_project_has_no_labels(
    api_for: ApiFor, bob: User, robin: User, charlie: User, project: Project
) -> None:
    path = f"/projects/{project.pk}/labels"
    label = f"/labels/{api_for(bob).call('POST', path, {'name': 'Paint'}).json()['id']}"

    for user in (robin, charlie):
        api = api_for(user)
        assert api.call("GET", path).status_code == 404
        assert api.call("POST", path, {"name": "Mine"}).status_code == 404
        assert api.call("PATCH", label, {"name": "Mine"}).status_code == 404
        assert api.call("DELETE", label).status_code == 404
