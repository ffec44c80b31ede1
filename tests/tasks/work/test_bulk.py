"""Many tasks in one call, and tasks of other systems."""

from __future__ import annotations

import pytest

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Project, Task, TaskChange
from tasks.work.conflicts import FieldsChanged
from tasks.work.services.bulk import BulkItem, save_tasks, upsert_task
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import update_task, update_tasks
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db


def test_many_are_saved_all_or_none_or_each(alice: User, project: Project) -> None:
    first = create_task(actor=alice, project_id=project.pk, title="Paint")
    items = [
        BulkItem(first.pk, {"priority": 4}),
        BulkItem(None, {"title": "Rig", "external_id": "A"}),
        BulkItem(None, {"title": "Sail", "external_id": "A"}),
        BulkItem(None, {"title": "Anchor"}),
    ]
    with pytest.raises(Conflict):
        save_tasks(actor=alice, project_id=project.pk, items=items)
    assert Task.objects.get().priority == 0

    outcome = save_tasks(actor=alice, project_id=project.pk, items=items, all_or_none=False)

    assert [task and (task.number, task.title) for task in outcome.tasks] == [
        (1, "Paint"),
        (2, "Rig"),
        None,
        (3, "Anchor"),
    ]
    assert list(outcome.errors) == [2]
    assert TaskChange.objects.filter(field="created").count() == 3


def test_many_are_changed_at_once(alice: User, project: Project) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": str(n)} for n in range(3)])
    elsewhere = make_project(project.organisation, alice, [], key="ELSE")
    stray = create_task(actor=alice, project_id=elsewhere.pk, title="Stray")

    with pytest.raises(Task.DoesNotExist):
        update_tasks(
            actor=alice, project_id=project.pk, task_ids=[tasks[0].pk, stray.pk], changes={"status": "completed"}
        )
    assert not Task.objects.filter(status="completed").exists()
    update_tasks(
        actor=alice, project_id=project.pk, task_ids=[task.pk for task in tasks], changes={"status": "completed"}
    )

    done = Task.objects.filter(project=project, status="completed").in_order()
    assert [task.title for task in done] == ["0", "1", "2"]


def test_a_task_of_another_system_is_kept_up_to_date(alice: User, project: Project) -> None:
    for fields, created in (({"title": "Paint"}, True), ({"title": "Varnish"}, False)):
        task, is_new = upsert_task(actor=alice, project_id=project.pk, external_id="JIRA-7", fields=fields)
        assert (task.title, is_new) == (fields["title"], created)
    delete_task(actor=alice, task_id=task.pk)

    again, is_new = upsert_task(actor=alice, project_id=project.pk, external_id="JIRA-7", fields={"priority": 1})

    assert (again.pk, again.title, again.deleted_at, is_new) == (task.pk, "Varnish", None, False)


def test_many_with_their_versions_are_refused_where_others_were_quicker(
    alice: User, bob: User, project: Project
) -> None:
    first, second = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": "Paint"}, {"title": "Rig"}])
    update_task(actor=bob, task_id=second.pk, title="Sail")
    items = [BulkItem(task.pk, {"title": "Tar"}, task.version) for task in (first, second)]

    with pytest.raises(FieldsChanged) as refusal:
        save_tasks(actor=alice, project_id=project.pk, items=items)
    [change] = refusal.value.members["changes"]
    assert (change["task_id"], change["after"]) == (str(second.pk), "Sail")
    assert Task.objects.get(pk=first.pk).title == "Paint"

    # Each for itself; and another field of the same task merges.
    outcome = save_tasks(actor=alice, project_id=project.pk, items=items, all_or_none=False)
    assert [task and task.title for task in outcome.tasks] == ["Tar", None]
    assert isinstance(outcome.errors[1], FieldsChanged)
    save_tasks(actor=alice, project_id=project.pk, items=[BulkItem(second.pk, {"priority": 4}, second.version)])
    assert Task.objects.get(pk=second.pk).priority == 4
