"""Who watches a task."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from tasks.models import Project, TaskWatcher
from tasks.work.services.creating import create_task
from tasks.work.services.updating import update_task
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_who_creates_a_task_and_who_is_assigned_watch_it(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    assert set(TaskWatcher.objects.values_list("user", flat=True)) == {alice.pk}

    update_task(actor=alice, task_id=task.pk, assignee_ids=[alice.pk, bob.pk])
    update_task(actor=alice, task_id=task.pk, assignee_ids=[])

    assert set(TaskWatcher.objects.values_list("user", flat=True)) == {alice.pk, bob.pk}


def test_a_task_is_watched_and_no_longer(
    api_for: ApiFor, alice: User, bob: User, charlie: User, project: Project
) -> None:
    path = f"/tasks/{create_task(actor=alice, project_id=project.pk, title='Paint').pk}"
    api = api_for(bob)

    assert api.call("GET", f"{path}/watch").json() == {"is_watching": False, "watcher_count": 1}
    for _ in range(2):
        assert api.call("PUT", f"{path}/watch").json() == {"is_watching": True, "watcher_count": 2}
    watchers = api.call("GET", f"{path}/watchers").json()["items"]
    assert [each["user"]["name"] for each in watchers] == ["Alice", "Bob"]
    for _ in range(2):
        assert api.call("DELETE", f"{path}/watch").status_code == 204
    assert api.call("GET", f"{path}/watch").json()["is_watching"] is False
    for method, where in (("GET", "watch"), ("PUT", "watch"), ("DELETE", "watch"), ("GET", "watchers")):
        assert api_for(charlie).call(method, f"{path}/{where}").status_code == 404


def test_others_of_the_project_are_made_to_watch(
    api_for: ApiFor, alice: User, bob: User, charlie: User, project: Project
) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    path = f"/tasks/{task.pk}/watchers"

    for _ in range(2):
        assert api_for(alice).call("PUT", f"{path}/{bob.pk}").status_code == 204
    assert set(task.watchers.values_list("user", flat=True)) == {alice.pk, bob.pk}
    assert api_for(alice).call("PUT", f"{path}/{charlie.pk}").status_code == 404
    assert api_for(alice).call("PUT", f"{path}/nobody").status_code == 422
    assert api_for(charlie).call("PUT", f"{path}/{bob.pk}").status_code == 404
    assert api_for(None).call("PUT", f"{path}/{bob.pk}").status_code == 401
    for status in (204, 404):
        assert api_for(bob).call("DELETE", f"{path}/{alice.pk}").status_code == status
    assert set(task.watchers.values_list("user", flat=True)) == {bob.pk}
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())
    assert api_for(alice).call("DELETE", f"{path}/{bob.pk}").status_code == 403
