"""REST: tasks, for members, strangers and machines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.models import Label, Project, Task
from tasks.work.services.creating import create_tasks
from tests.conftest import ApiFor
from tests.tasks.work.conftest import column_of

pytestmark = pytest.mark.django_db


def test_a_task_from_its_creation_to_its_deletion(api_for: ApiFor, alice: User, bob: User, project: Project) -> None:
    api, tasks = api_for(alice), f"/projects/{project.pk}/tasks"

    created = api.call("POST", tasks, {"title": "Paint", "priority": "high", "assignee_ids": [str(bob.pk)]})
    assert created.status_code == 201
    task = created.json()
    assert (task["key"], task["status"], task["priority"]) == ("ATR-1", "pending", "high")
    assert [each["name"] for each in task["assignees"]] == ["Bob"]

    path = f"/tasks/{task['id']}"
    assert api.call("PATCH", path, {"title": "Varnish", "due_date": "2026-03-01"}).json()["due_date"] == "2026-03-01"
    assert api.call("PUT", f"{path}/completion").json()["status"] == "completed"
    assert api.call("GET", tasks, None).json()["total"] == 1
    assert api.call("DELETE", f"{path}/completion").json()["status"] == "pending"
    moved = api.call("POST", f"{path}/move", {"column_id": str(column_of(project, "Review").pk)}).json()
    assert moved["status"] == "in_progress"
    changes = api.call("GET", f"{path}/changes").json()["items"]
    assert [change["field"] for change in changes if change["field"] != "status"] == [
        "column_id",
        "column_id",
        "column_id",
        "due_date",
        "title",
        "created",
    ]
    assert api.call("DELETE", path).status_code == 204
    assert api.call("GET", path).status_code == 404
    assert api.call("POST", f"{path}/restore").json()["title"] == "Varnish"


def test_a_conflict_says_what_others_have_changed(api_for: ApiFor, alice: User, bob: User, project: Project) -> None:
    task = api_for(alice).call("POST", f"/projects/{project.pk}/tasks", {"title": "Paint"}).json()
    api_for(bob).call("PATCH", f"/tasks/{task['id']}", {"title": "Varnish", "version": task["version"]})

    answer = api_for(alice).call("PATCH", f"/tasks/{task['id']}", {"title": "Tar", "version": task["version"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "fields_changed")
    [change] = answer.json()["changes"]
    assert (change["field"], change["after"], change["actor"]["name"]) == ("title", "Varnish", "Bob")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "abcd"),
        ("status=completed", "d"),
        ("status=pending&status=completed", "abd"),
        ("q=B", "b"),
        ("q=ATR-3", "c"),
        ("assignee=me", "a"),
        ("assignee=none", "bcd"),
        ("assignee=me&assignee=none", "abcd"),
        ("priority=urgent", "b"),
        ("due=overdue", "a"),
        ("due=none", "bcd"),
        ("due_before=2020-01-02", "a"),
        ("due_before=2020-01-01", ""),
        ("creator=me", "abcd"),
        ("sort=title&descending=true", "dcba"),
        ("sort=due", "abcd"),
        ("sort=priority", "bacd"),
        ("since=1", ""),
        ("triage=true", ""),
    ],
)
def test_a_list_holds_what_was_asked_for(
    api_for: ApiFor, alice: User, project: Project, query: str, titles: str
) -> None:
    fields: list[dict[str, Any]] = [
        {"title": "a", "assignee_ids": [alice.pk], "due_date": date(2020, 1, 2)},
        {"title": "b", "priority": 4},
        {"title": "c", "status": "in_progress"},
        {"title": "d", "status": "completed"},
    ]
    create_tasks(actor=alice, project_id=project.pk, tasks=fields)
    label = Label.objects.create(project=project, name="hull")

    for limit in (1, 3, 50):
        path, found = f"/projects/{project.pk}/tasks?limit={limit}&{query}", ""
        cursor: str | None = ""
        while cursor is not None:
            page = api_for(alice).call("GET", f"{path}&cursor={cursor}" if cursor else path).json()
            found, cursor = found + "".join(task["title"] for task in page["items"]), page["next_cursor"]
            assert page["total"] == len(titles)
        assert found == titles
    labelled = api_for(alice).call("GET", f"/projects/{project.pk}/tasks?label={label.pk}").json()
    assert labelled["items"] == []


def test_a_list_costs_the_same_for_few_and_many(
    api_for: ApiFor, alice: User, bob: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(alice)
    label = Label.objects.create(project=project, name="hull")
    fields = {"title": "a", "assignee_ids": [alice.pk, bob.pk], "label_ids": [label.pk]}
    for count in (3, 40):
        create_tasks(actor=alice, project_id=project.pk, tasks=[fields] * count)
        with django_assert_num_queries(6):
            assert api.call("GET", f"/projects/{project.pk}/tasks").status_code == 200


def test_many_at_once(api_for: ApiFor, alice: User, project: Project) -> None:
    api, path = api_for(alice), f"/projects/{project.pk}/tasks"

    created = api.call("POST", f"{path}/bulk", {"items": [{"title": "a"}, {"title": "b"}]})
    assert created.status_code == 201
    ids = [task["id"] for task in created.json()["items"]]
    refused = api.call("POST", f"{path}/bulk", {"items": [{"title": "c"}, {"id": ids[0], "title": ""}]})
    assert refused.status_code == 422
    mixed = api.call("POST", f"{path}/bulk", {"items": [{"title": "c"}, {"priority": "low"}], "all_or_none": False})
    assert (mixed.status_code, [error["index"] for error in mixed.json()["errors"]]) == (200, [1])
    changed = api.call("POST", f"{path}/update", {"task_ids": ids, "changes": {"priority": "urgent"}}).json()
    assert {task["priority"] for task in changed["items"]} == {"urgent"}
    done = column_of(project, "Done").pk
    moved = api.call("POST", f"{path}/move", {"task_ids": ids[::-1], "column_id": str(done)}).json()
    assert {task["status"] for task in moved["items"]} == {"completed"}
    assert list(Task.objects.filter(column=done).in_order().values_list("title", flat=True)) == ["b", "a"]
    assert api.call("POST", f"{path}/delete", {"task_ids": ids}).status_code == 204
    upserted = [
        api.call("PUT", f"{path}/by-external-id/JIRA-7", {"title": title}).status_code for title in ("Rig", "Sail")
    ]
    assert upserted == [201, 200]


@pytest.mark.parametrize(
    "body",
    [{}, {"title": 7}, {"title": "a" * 300}, {"title": "a", "priority": "huge"}, {"title": "a", "due_date": "soon"}],
)
def test_what_is_no_task_is_refused(api_for: ApiFor, alice: User, project: Project, body: dict[str, Any]) -> None:
    answer = api_for(alice).call("POST", f"/projects/{project.pk}/tasks", body)

    assert (answer.status_code, bool(answer.json()["errors"])) == (422, True)


def test_strangers_find_nothing(api_for: ApiFor, alice: User, robin: User, charlie: User, project: Project) -> None:
    task = api_for(alice).call("POST", f"/projects/{project.pk}/tasks", {"title": "Paint"}).json()

    for user, status in ((robin, 404), (charlie, 404), (None, 401)):
        api = api_for(user)
        for method, path, body in (
            ("GET", f"/projects/{project.pk}/tasks", None),
            ("POST", f"/projects/{project.pk}/tasks", {"title": "Rig"}),
            ("POST", f"/projects/{project.pk}/tasks/bulk", {"items": [{"title": "Rig"}]}),
            ("PUT", f"/projects/{project.pk}/tasks/by-external-id/1", {"title": "Rig"}),
            ("GET", f"/tasks/{task['id']}", None),
            ("GET", f"/tasks/{task['id']}/changes", None),
            ("PATCH", f"/tasks/{task['id']}", {"title": "Rig"}),
            ("POST", f"/tasks/{task['id']}/move", {"column_id": None}),
            ("PUT", f"/tasks/{task['id']}/completion", None),
            ("DELETE", f"/tasks/{task['id']}", None),
        ):
            assert api.call(method, path, body).status_code == status, (method, path)
