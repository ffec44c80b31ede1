"""Creating, changing, completing and deleting tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.rooms.services.members import add_member
from lib.realtime.hub import Event
from tasks.models import Label, Project, Task, TaskChange
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task, restore_task
from tasks.work.services.updating import (
    complete_task,
    update_task,
)
from tests.conftest import AfterCommit

pytestmark = pytest.mark.django_db


def test_tasks_are_numbered_in_their_project_and_never_again(alice: User, project: Project) -> None:
    first, second = (create_task(actor=alice, project_id=project.pk, title=title) for title in ("Paint", "Varnish"))
    delete_task(actor=alice, task_id=second.pk)

    assert [first.number, create_task(actor=alice, project_id=project.pk, title="Rig").number] == [1, 3]
    assert (first.status, first.column.name) == ("pending", "To do")


def test_a_task_has_all_that_was_chosen(alice: User, bob: User, project: Project) -> None:
    label = Label.objects.create(project=project, name="hull")
    parent = create_task(actor=alice, project_id=project.pk, title="Boat")

    task = create_task(
        actor=alice,
        project_id=project.pk,
        title="  Paint   the hull ",
        description="*Blue*",
        status="in_progress",
        priority=3,
        assignee_ids=[bob.pk],
        label_ids=[label.pk],
        due_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
        time_zone="Europe/Berlin",
        estimate=3600,
        parent_id=parent.pk,
        external_id="X-1",
    )

    assert (task.title, task.column.name, task.priority, task.estimate) == ("Paint the hull", "Doing", 3, 3600)
    # Half past ten in the evening, UTC, is the next day there.
    assert (task.due_date, task.time_zone) == (date(2026, 7, 2), "Europe/Berlin")
    assert [each.user for each in task.assignees.all()] == [bob]
    assert [each.label for each in task.task_labels.all()] == [label]
    assert (task.parent, task.started_at is not None) == (parent, True)
    assert list(TaskChange.objects.filter(task=task).values_list("field", flat=True)) == ["created"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " \u200b "},
        {"title": "a" * 251},
        {"title": "Paint", "column_id": uuid4()},
        {"title": "Paint", "label_ids": [uuid4()]},
        {"title": "Paint", "assignee_ids": [uuid4()]},
        {"title": "Paint", "parent_id": uuid4()},
        {"title": "Paint", "start_date": date(2026, 3, 2), "due_date": date(2026, 3, 1)},
        {"title": "Paint", "due_at": datetime(2026, 3, 2, tzinfo=UTC), "time_zone": "Mars/Olympus"},
    ],
)
def test_what_can_not_be_is_refused(alice: User, project: Project, fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        create_task(actor=alice, project_id=project.pk, **fields)

    assert not Task.objects.exists()
    project.refresh_from_db()
    assert project.last_number == 0


def test_only_members_of_the_project_can_be_assigned(alice: User, robin: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    with pytest.raises(ValidationError):
        update_task(actor=alice, task_id=task.pk, assignee_ids=[robin.pk])
    add_member(actor=alice, room_id=project.pk, user_id=robin.pk)

    task = update_task(actor=alice, task_id=task.pk, assignee_ids=[robin.pk])

    assert [each.user for each in task.assignees.all()] == [robin]


def test_a_deleted_task_comes_back_with_what_went_with_it(alice: User, project: Project) -> None:
    parent = create_task(actor=alice, project_id=project.pk, title="Boat")
    children = [create_task(actor=alice, project_id=project.pk, title=t, parent_id=parent.pk) for t in ("Hull", "Sail")]
    delete_task(actor=alice, task_id=children[0].pk)
    delete_task(actor=alice, task_id=parent.pk)
    assert not Task.objects.visible_to(alice).exists()

    restore_task(actor=alice, task_id=parent.pk)

    assert set(Task.objects.visible_to(alice)) == {parent, children[1]}


def test_an_archived_project_can_not_be_changed(alice: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())

    with pytest.raises(PermissionDenied):
        update_task(actor=alice, task_id=task.pk, title="Varnish")
    with pytest.raises(PermissionDenied):
        create_task(actor=alice, project_id=project.pk, title="Rig")
    assert Task.objects.visible_to(alice).get() == task


def test_who_is_not_in_the_project_finds_nothing(alice: User, robin: User, charlie: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")

    for stranger in (robin, charlie):
        with pytest.raises(Project.DoesNotExist):
            create_task(actor=stranger, project_id=project.pk, title="Rig")
        for change in (update_task, complete_task, delete_task, restore_task):
            with pytest.raises(Task.DoesNotExist):
                change(actor=stranger, task_id=task.pk)


def test_members_hear_of_each_change_after_the_commit(
    alice: User, project: Project, published: list[Event], django_capture_on_commit_callbacks: AfterCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        task = create_task(actor=alice, project_id=project.pk, title="Paint")
        assert not published
    with django_capture_on_commit_callbacks(execute=True):
        update_task(actor=alice, task_id=task.pk, title="Varnish")
    with django_capture_on_commit_callbacks(execute=True):
        delete_task(actor=alice, task_id=task.pk)

    assert {event.topic for event in published} == {f"room:{project.pk}"}
    frames = [orjson.loads(event.frame) for event in published if event.frame]
    assert [(frame["type"], frame["version"]) for frame in frames] == [
        ("task.created", 1),
        ("task.updated", 2),
        ("task.deleted", 3),
    ]
    assert [frame.get("task", {}).get("title") for frame in frames] == ["Paint", "Varnish", None]


def test_creating_and_changing_cost_the_same_in_a_large_project(
    alice: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (0, 30):
        create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": str(n)} for n in range(size)])
        with django_assert_num_queries(14):
            task = create_task(actor=alice, project_id=project.pk, title="Paint")
        with django_assert_num_queries(12):
            update_task(actor=alice, task_id=task.pk, title="Varnish")
