"""Views that are saved by name: whose they are, who may change them, and where the menu shows them."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from tasks.models import Project, SavedView
from tasks.saved_views import services
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db

URGENT = {"name": "Urgent", "layout": "list", "query": "priority=urgent", "is_shared": False}


def names_for(api: Any, project: Project) -> list[str]:
    return [view["name"] for view in api.call("GET", f"/projects/{project.pk}/views", None).json()["items"]]


def test_a_view_is_its_owners_until_it_is_shared(api_for: ApiFor, alice: User, bob: User, project: Project) -> None:
    own, others = api_for(bob), api_for(alice)
    view = own.call("POST", f"/projects/{project.pk}/views", URGENT).json()
    path = f"/projects/{project.pk}/views/{view['id']}"
    assert (names_for(own, project), names_for(others, project)) == (["Urgent"], [])
    assert others.call("PATCH", path, {"name": "Mine"}).status_code == 404

    own.call("PATCH", path, {"is_shared": True})

    assert names_for(others, project) == ["Urgent"]
    assert others.call("GET", path, None).json()["query"] == "priority=urgent"
    # Alice administers the project.
    assert others.call("PATCH", path, {"name": "On fire"}).json()["name"] == "On fire"
    assert others.call("DELETE", path).status_code == 204
    assert names_for(own, project) == []


def test_members_cannot_change_what_others_share(api_for: ApiFor, alice: User, bob: User, project: Project) -> None:
    view = api_for(alice).call("POST", f"/projects/{project.pk}/views", URGENT | {"is_shared": True}).json()
    path = f"/projects/{project.pk}/views/{view['id']}"

    assert api_for(bob).call("PATCH", path, {"name": "Mine"}).status_code == 403
    assert api_for(bob).call("DELETE", path).status_code == 403


def test_strangers_find_no_views(api_for: ApiFor, alice: User, charlie: User, project: Project) -> None:
    view = api_for(alice).call("POST", f"/projects/{project.pk}/views", URGENT | {"is_shared": True}).json()
    path = f"/projects/{project.pk}/views"

    for method, address, body in (
        ("GET", path, None),
        ("POST", path, URGENT),
        ("GET", f"{path}/{view['id']}", None),
        ("PATCH", f"{path}/{view['id']}", {"name": "Mine"}),
        ("DELETE", f"{path}/{view['id']}", None),
    ):
        assert api_for(charlie).call(method, address, body).status_code == 404


def test_nobody_saves_views_without_end(
    alice: User, api_for: ApiFor, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MAX_VIEWS", 1)
    api, path = api_for(alice), f"/projects/{project.pk}/views"

    assert api.call("POST", path, URGENT).status_code == 201
    assert api.call("POST", path, URGENT).status_code == 422
    assert SavedView.objects.count() == 1


def test_the_list_offers_them(client_for: ClientFor, alice: User, bob: User, project: Project) -> None:
    services.create_view(actor=bob, project_id=project.pk, name="Urgent <b>", query="priority=urgent&sort=due")

    own = client_for(bob).get(f"/projects/{project.pk}/list/").content.decode()
    other = client_for(alice).get(f"/projects/{project.pk}/list/").content.decode()

    assert f"/projects/{project.pk}/list/?priority=urgent&amp;sort=due" in own
    assert "Urgent &lt;b&gt;" in own
    assert "Urgent &lt;b&gt;" not in other
