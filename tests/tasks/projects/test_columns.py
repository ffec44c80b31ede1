"""Columns of a board: where they stand, and what becomes of the tasks in them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from lib.realtime.hub import Event
from tasks.models import Column, Project, Status, Task, TaskChange
from tasks.models.positions import MAX_POSITION
from tasks.projects.services.columns import delete_column, update_column
from tasks.work.services.deleting import delete_task, restore_task
from tests.conftest import AfterCommit, ApiFor
from tests.tasks.steps import make_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns(project: Project) -> list[Column]:
    """To do, In progress, Done."""
    return list(project.columns.order_by("position"))


def names(project: Project) -> list[str]:
    return list(project.columns.order_by("position", "pk").values_list("name", flat=True))


def test_columns_are_added_and_moved(api_for: ApiFor, alice: User, project: Project, columns: list[Column]) -> None:
    admin, path = api_for(alice), f"/projects/{project.pk}/columns"
    review = admin.call("POST", path, {"name": "Review", "status": "in_progress", "before": str(columns[2].pk)}).json()
    admin.call("POST", path, {"name": "Ideas", "after": str(columns[0].pk)})
    admin.call("POST", path, {"name": "Archive", "status": "completed"})
    assert names(project) == ["To do", "Ideas", "In progress", "Review", "Done", "Archive"]

    moved = admin.call("PATCH", f"/columns/{review['id']}", {"before": str(columns[0].pk), "name": "Checks"})

    assert moved.status_code == 200
    assert names(project) == ["Checks", "To do", "Ideas", "In progress", "Done", "Archive"]
    listed = admin.call("GET", path).json()["items"]
    assert [column["name"] for column in listed] == names(project)
    assert sorted(column["position"] for column in listed) == [column["position"] for column in listed]


def test_columns_are_moved_between_the_same_two_for_ever(alice: User, project: Project, columns: list[Column]) -> None:
    first, second, third = columns

    for _ in range(100):
        update_column(actor=alice, column_id=third.pk, before=second.pk)
        second, third = third, second

    assert set(names(project)) == {"To do", "In progress", "Done"}
    assert names(project)[0] == "To do"
    assert max(len(column.position) for column in project.columns.all()) <= MAX_POSITION


def test_a_neighbour_is_one_of_the_same_project(
    api_for: ApiFor, alice: User, project: Project, columns: list[Column]
) -> None:
    own = str(columns[0].pk)

    for body in ({"before": own}, {"after": str(project.pk)}):
        assert api_for(alice).call("PATCH", f"/columns/{own}", body).status_code == 422


def test_tasks_take_the_status_of_their_column(
    api_for: ApiFor, alice: User, project: Project, columns: list[Column]
) -> None:
    doing, done = columns[1], columns[2]
    make_tasks(doing, 2)
    make_tasks(done, 1)

    assert api_for(alice).call("PATCH", f"/columns/{doing.pk}", {"status": "completed"}).status_code == 200

    assert set(Task.objects.values_list("status", flat=True)) == {"completed"}
    assert set(Task.objects.filter(column=doing).values_list("completed_by", flat=True)) == {alice.pk}
    assert not Task.objects.filter(completed_at=None).exists()
    api_for(alice).call("PATCH", f"/columns/{doing.pk}", {"status": "in_progress"})
    assert set(Task.objects.filter(column=doing).values_list("status", "completed_at", "completed_by")) == {
        ("in_progress", None, None)
    }
    assert set(Task.objects.filter(column=done).values_list("status", flat=True)) == {"completed"}
    project.refresh_from_db()
    assert set(Task.objects.filter(column=doing).values_list("version", flat=True)) == {project.version}


def test_a_column_is_deleted_with_its_tasks_going_elsewhere(
    api_for: ApiFor, alice: User, project: Project, columns: list[Column]
) -> None:
    admin, (_, doing, done) = api_for(alice), columns
    there, moving = make_tasks(done, 2), make_tasks(doing, 3)
    Task.objects.filter(pk=moving[1].pk).update(deleted_at=timezone.now())

    refused = admin.call("DELETE", f"/columns/{doing.pk}")
    assert (refused.status_code, refused.json()["code"]) == (409, "column_in_use")
    assert admin.call("DELETE", f"/columns/{doing.pk}?move_to={doing.pk}").status_code == 422
    assert admin.call("DELETE", f"/columns/{doing.pk}?move_to={done.pk}").status_code == 204

    assert list(Task.objects.standing().filter(column=done).in_order()) == [*there, moving[0], moving[2]]
    assert set(Task.objects.filter(column=done).values_list("status", flat=True)) == {"completed"}
    gone = Task.objects.get(pk=moving[1].pk)
    assert (gone.column, gone.status, gone.completed_at is None) == (done, "completed", False)
    assert names(project) == ["To do", "Done"]


def test_an_empty_column_goes_though_it_is_said_where_its_tasks_go(
    alice: User, project: Project, columns: list[Column]
) -> None:
    delete_column(actor=alice, column_id=columns[1].pk, move_to=columns[0].pk)

    assert columns[1] not in project.columns.all()


def test_a_board_keeps_a_beginning_and_an_end(
    api_for: ApiFor, alice: User, project: Project, columns: list[Column]
) -> None:
    admin, (todo, doing, done) = api_for(alice), columns

    for column in (todo, done):
        assert admin.call("DELETE", f"/columns/{column.pk}?move_to={doing.pk}").status_code == 409
        answer = admin.call("PATCH", f"/columns/{column.pk}", {"status": "in_progress"})
        assert (answer.status_code, answer.json()["code"]) == (409, "last_column")
    assert names(project) == ["To do", "In progress", "Done"]


def test_who_is_not_in_a_project_changes_no_column(
    api_for: ApiFor, bob: User, robin: User, charlie: User, project: Project, columns: list[Column]
) -> None:
    project.channel.members_only = False
    project.channel.save(update_fields=["members_only"])
    body: Any = {"name": "Mine"}

    for user, status in ((bob, 200), (robin, 403), (charlie, 404)):
        assert api_for(user).call("PATCH", f"/columns/{columns[0].pk}", body).status_code == status


def test_deleting_takes_as_many_queries_for_many_tasks_as_for_a_few(
    alice: User, project: Project, columns: list[Column], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _, doing, done = columns
    other = Column.objects.create(project=project, name="Review", status=Status.IN_PROGRESS, position="zz")
    make_tasks(doing, 2)
    make_tasks(other, 50)

    for column in (doing, other):
        with django_assert_num_queries(17):
            delete_column(actor=alice, column_id=column.pk, move_to=done.pk)


def test_what_becomes_of_tasks_is_in_their_history_and_told(
    alice: User,
    project: Project,
    columns: list[Column],
    published: list[Event],
    django_capture_on_commit_callbacks: AfterCommit,
) -> None:
    _, doing, done = columns
    [task] = make_tasks(doing, 1)

    with django_capture_on_commit_callbacks(execute=True):
        delete_column(actor=alice, column_id=doing.pk, move_to=done.pk)

    changes = TaskChange.objects.filter(task=task).order_by("field").values_list("field", "before", "after")
    assert list(changes) == [("column_id", str(doing.pk), str(done.pk)), ("status", "in_progress", "completed")]
    assert any(b'"task.updated"' in event.frame for event in published)


def test_deleted_tasks_of_a_deleted_column_come_back_where_others_of_their_status_are(
    alice: User, project: Project, columns: list[Column]
) -> None:
    todo, doing, _ = columns
    [task] = make_tasks(doing, 1)
    delete_task(actor=alice, task_id=task.pk)

    delete_column(actor=alice, column_id=doing.pk)

    restored = restore_task(actor=alice, task_id=task.pk)
    assert (restored.column, restored.status) == (todo, "pending")
