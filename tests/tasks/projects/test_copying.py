"""Copies of projects have the columns, labels and tasks of the first one, and nothing of who does them and when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from tasks.models import Label, Project, Task, TaskAssignee, TaskLabel
from tasks.projects.services.copying import MAX_COPIED
from tasks.projects.services.labels import create_label
from tasks.projects.services.projects import create_project
from tasks.projects.services.states import duplicate_project
from tests.conftest import ApiFor
from tests.tasks.steps import make_tasks

pytestmark = pytest.mark.django_db


def furnish(project: Project, actor: User, count: int) -> list[Task]:
    """Tasks, the second one part of the first, each with a label and an assignee."""
    tasks = make_tasks(project.columns.get(status="pending"), count)
    Task.objects.filter(pk=tasks[1].pk).update(parent=tasks[0], estimate=3600, priority=3, due_date=date(2026, 12, 1))
    label = create_label(actor=actor, project_id=project.pk, name=f"Paint {count}", color="red")
    TaskLabel.objects.bulk_create(TaskLabel(task=task, label=label) for task in tasks)
    TaskAssignee.objects.bulk_create(TaskAssignee(task=task, user=actor) for task in tasks)
    return tasks


def test_a_copy_has_columns_labels_and_tasks(api_for: ApiFor, alice: User, bob: User, project: Project) -> None:
    furnish(project, alice, 3)
    make_tasks(project.columns.get(status="completed"), 1)
    project.columns.filter(status="in_progress").update(name="Painting")

    answer = api_for(bob).call("POST", f"/projects/{project.pk}/duplicate", {"name": "Second Light"})

    assert answer.status_code == 201, answer.content
    copy = answer.json()
    assert (copy["key"], copy["owner"]["username"], copy["role"]) == ("SL", "bob", "admin")
    assert copy["tasks"] == {"pending": 3, "in_progress": 0, "completed": 1}
    columns = api_for(bob).call("GET", f"/projects/{copy['id']}/columns").json()["items"]
    assert [column["name"] for column in columns] == ["To do", "Painting", "Done"]
    tasks = list(Task.objects.filter(project=copy["id"]).order_by("number"))
    assert [(task.number, task.title, task.creator) for task in tasks] == [(n, f"Task {n}", bob) for n in (1, 2, 3, 4)]
    second = tasks[1]
    assert (second.parent, second.estimate, second.priority, second.due_date) == (tasks[0], 3600, 3, None)
    assert not TaskAssignee.objects.filter(task__project=copy["id"]).exists()
    labels = Label.objects.filter(project=copy["id"])
    assert [(label.name, label.color) for label in labels] == [("Paint 3", "red")]
    assert TaskLabel.objects.filter(label__in=labels).count() == 3
    assert {task.column.project_id for task in tasks} == {labels[0].project_id}
    made = Project.objects.get(pk=copy["id"])
    assert (made.last_number, made.version) == (4, 1)


def test_a_project_begins_as_a_template_does(api_for: ApiFor, alice: User, charlie: User, project: Project) -> None:
    furnish(project, alice, 2)
    admin = api_for(alice)
    assert admin.call("PATCH", f"/projects/{project.pk}", {"is_template": True}).json()["is_template"]
    body = {"name": "Third Light", "template_id": str(project.pk)}

    assert admin.call("POST", "/orgs/halyard/projects", body).json()["tasks"]["pending"] == 2
    assert api_for(charlie).call("POST", "/orgs/elsewhere/projects", body).status_code == 422


def test_what_one_does_not_see_can_not_be_copied(api_for: ApiFor, robin: User, charlie: User, project: Project) -> None:
    for user in (robin, charlie):
        path = f"/projects/{project.pk}/duplicate"
        assert api_for(user).call("POST", path, {"name": "Mine"}).status_code == 404
    body = {"name": "Mine", "template_id": str(project.pk)}
    assert api_for(robin).call("POST", "/orgs/halyard/projects", body).status_code == 422


def test_copying_many_tasks_takes_as_many_queries_as_copying_a_few(
    alice: User, project: Project, halyard: Organisation
) -> None:
    few = create_project(actor=alice, slug=halyard.slug, name="Few")
    for source, count in ((few, 2), (project, 20)):
        furnish(source, alice, count)
    numbers = []
    for source in (few, project):
        with CaptureQueriesContext(connection) as queries:
            duplicate_project(actor=alice, project_id=source.pk, name="Copy")
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] < 40


def test_too_many_tasks_are_not_copied(api_for: ApiFor, alice: User, project: Project) -> None:
    make_tasks(project.columns.get(status="pending"), MAX_COPIED + 1)

    answer = api_for(alice).call("POST", f"/projects/{project.pk}/duplicate", {"name": "Copy"})

    assert answer.status_code == 422
    assert Project.objects.get() == project
