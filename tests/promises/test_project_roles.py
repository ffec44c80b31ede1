"""Who may do what in projects, as the table of `test_roles.py` has it for all else."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import transaction

from tasks.projects.services.labels import create_label
from tasks.projects.services.projects import create_project
from tasks.projects.services.states import delete_project
from tasks.saved_views.services import create_view
from tests.conftest import ApiFor
from tests.promises.test_roles import ROLES, filled, people  # noqa: F401  a fixture

# The host administers three projects of the organisation. In the first and in the deleted one are all but colleague and
# stranger, in the open one nobody else, and the hidden one is the target's alone. A visitor has not signed in.
TABLE = [
    # own adm mem gue age hos col str vis
    ("200 200 200 200 200 200 200 404 401", "GET /orgs/halyard/projects"),
    ("200 200 200 200 200 200 200 404 401", "GET /orgs/halyard/projects?state=deleted"),
    ("201 201 201 403 201 201 201 404 401", "POST /orgs/halyard/projects", {"name": "New"}),
    ("200 200 200 200 200 200 404 404 401", "GET /projects/{project}"),
    ("200 200 403 403 403 200 404 404 401", "PATCH /projects/{project}", {"name": "Renamed"}),
    ("200 200 403 403 403 200 404 404 401", "PATCH /projects/{project}", {"visibility": "organisation"}),
    ("200 200 403 403 403 200 404 404 401", "POST /projects/{project}/archive"),
    ("200 200 403 403 403 200 404 404 401", "POST /projects/{project}/unarchive"),
    ("204 204 403 403 403 204 404 404 401", "DELETE /projects/{project}"),
    ("200 200 404 404 404 200 404 404 401", "POST /projects/{deleted}/restore"),
    ("201 201 201 403 201 201 404 404 401", "POST /projects/{project}/duplicate", {"name": "Copy"}),
    ("200 200 403 403 403 200 404 404 401", "DELETE /projects/{project}/picture"),
    ("404 404 403 403 403 404 404 404 401", "GET /projects/{project}/share-link"),
    ("200 200 403 403 403 200 404 404 401", "PUT /projects/{project}/share-link", {}),
    ("404 404 403 403 403 404 404 404 401", "POST /projects/{project}/share-link/renew"),
    ("204 204 403 403 403 204 404 404 401", "DELETE /projects/{project}/share-link"),
    ("200 200 200 200 200 200 404 404 401", "GET /projects/{project}/members"),
    ("201 201 201 403 201 201 404 404 401", "POST /projects/{project}/members", {"user_id": "{newcomer}"}),
    ("200 200 403 403 403 200 404 404 401", "PATCH /projects/{project}/members/{target}", {"role": "admin"}),
    ("204 204 403 403 403 204 404 404 401", "DELETE /projects/{project}/members/{target}"),
    ("200 200 200 200 200 200 404 404 401", "GET /projects/{project}/columns"),
    ("201 201 201 201 201 201 404 404 401", "POST /projects/{project}/columns", {"name": "Review"}),
    ("200 200 200 200 200 200 404 404 401", "PATCH /columns/{column}", {"name": "Review"}),
    ("204 204 204 204 204 204 404 404 401", "DELETE /columns/{column}"),
    ("200 200 200 200 200 200 404 404 401", "GET /projects/{project}/labels"),
    ("201 201 201 201 201 201 404 404 401", "POST /projects/{project}/labels", {"name": "Varnish"}),
    ("200 200 200 200 200 200 404 404 401", "PATCH /labels/{label}", {"name": "Varnish"}),
    ("204 204 204 204 204 204 404 404 401", "DELETE /labels/{label}"),
    ("200 200 200 200 200 200 404 404 401", "GET /projects/{project}/views"),
    ("201 201 201 201 201 201 404 404 401", "POST /projects/{project}/views", {"name": "Mine"}),
    ("201 201 201 201 201 201 404 404 401", "POST /projects/{project}/views", {"name": "Ours", "is_shared": True}),
    ("200 200 200 200 200 200 404 404 401", "GET /projects/{project}/views/{view}"),
    ("200 200 403 403 403 200 404 404 401", "PATCH /projects/{project}/views/{view}", {"name": "Urgent"}),
    ("204 204 403 403 403 204 404 404 401", "DELETE /projects/{project}/views/{view}"),
    # One that is open to the organisation, and that none of them but the host is in.
    ("200 200 200 404 200 200 200 404 401", "GET /projects/{open}"),
    ("200 200 403 404 403 200 403 404 401", "PATCH /projects/{open}", {"name": "Renamed"}),
    ("204 204 403 404 403 204 403 404 401", "DELETE /projects/{open}"),
    ("403 403 403 404 403 201 403 404 401", "POST /projects/{open}/columns", {"name": "Review"}),
    ("403 403 403 404 403 201 403 404 401", "POST /projects/{open}/labels", {"name": "Varnish"}),
    ("403 403 403 404 403 201 403 404 401", "POST /projects/{open}/members", {"user_id": "{newcomer}"}),
    ("201 201 201 404 201 201 201 404 401", "POST /projects/{open}/duplicate", {"name": "Copy"}),
    ("201 201 201 404 201 201 201 404 401", "POST /projects/{open}/views", {"name": "Mine"}),
    ("403 403 403 404 403 201 403 404 401", "POST /projects/{open}/views", {"name": "Ours", "is_shared": True}),
    # One of others.
    ("404 404 404 404 404 404 404 404 401", "GET /projects/{hidden}"),
    ("404 404 404 404 404 404 404 404 401", "DELETE /projects/{hidden}"),
    ("404 404 404 404 404 404 404 404 401", "POST /projects/{hidden}/members", {"user_id": "{newcomer}"}),
    # Rights come before values.
    ("422 422 403 403 403 422 404 404 401", "PATCH /projects/{project}", {"name": "Bell\u0007"}),
    ("422 422 403 403 403 422 404 404 401", "PATCH /projects/{project}", {"git_url": "javascript:alert(1)"}),
]


@pytest.fixture
def ids(people: SimpleNamespace) -> dict[str, UUID]:  # noqa: F811
    """What the table's names stand for."""
    inside = [getattr(people, name).pk for name in ("owner", "admin", "member", "guest", "agent", "target")]
    host, slug = people.host, people.organisation.slug
    projects = {
        name: create_project(actor=host, slug=slug, name=name, visibility=visibility, member_ids=member_ids)
        for name, visibility, member_ids in (
            ("project", "members", inside),
            ("deleted", "members", inside),
            ("open", "organisation", []),
        )
    }
    delete_project(actor=host, project_id=projects["deleted"].pk)
    return {name: project.pk for name, project in projects.items()} | {
        "hidden": create_project(actor=people.target, slug=slug, name="hidden").pk,
        "column": projects["project"].columns.get(status="in_progress").pk,
        "label": create_label(actor=host, project_id=projects["project"].pk, name="Paint").pk,
        "view": create_view(actor=host, project_id=projects["project"].pk, name="All", is_shared=True).pk,
        "target": people.target.pk,
        "newcomer": people.newcomer.pk,
    }


def test_everybody_may_do_with_projects_what_the_table_says(
    people: SimpleNamespace,  # noqa: F811
    ids: dict[str, Any],
    api_for: ApiFor,
) -> None:
    columns = []
    for role in (*ROLES, "visitor"):
        api, answers = api_for(getattr(people, role, None)), []
        for _, request, *body in TABLE:
            method, path = filled(request, ids).split()
            with transaction.atomic():
                answers.append(api.call(method, quote(path, safe="/?=&"), *filled(body, ids)).status_code)
                transaction.set_rollback(True)
        columns.append(answers)

    rows = [" ".join(map(str, answers)) for answers in zip(*columns, strict=True)]
    assert [(found, *row) for found, row in zip(rows, TABLE, strict=True) if found != row[0]] == []
