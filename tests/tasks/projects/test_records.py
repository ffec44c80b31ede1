"""What is written down of projects, and how it reads."""

from __future__ import annotations

import pytest

from accounts.audit.descriptions import describe_entry
from accounts.models import AuditEntry, User
from tasks.models import Project
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_each_change_of_a_project_is_recorded(
    api_for: ApiFor, alice: User, bob: User, robin: User, project: Project
) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}"
    created = AuditEntry.objects.get(table_name="tasks_project")
    assert describe_entry(created) == "created the project Harbour Light"
    AuditEntry.objects.all()._raw_delete("default")

    for method, to, body in (
        ("PATCH", path, {"name": "Pier", "key": "pi"}),
        ("POST", f"{path}/members", {"user_id": str(robin.pk)}),
        ("PATCH", f"{path}/members/{bob.pk}", {"role": "admin"}),
        ("DELETE", f"{path}/members/{bob.pk}", None),
    ):
        assert admin.call(method, to, body).status_code < 300

    found = [(entry.action, entry.table_name, *sorted(entry.changes)) for entry in AuditEntry.objects.order_by("pk")]
    assert found == [
        ("update", "tasks_project", "key", "name"),
        ("create", "chat_roommember", "role", "user"),
        ("update", "chat_roommember", "role"),
        ("delete", "chat_roommember", "role", "user"),
    ]
