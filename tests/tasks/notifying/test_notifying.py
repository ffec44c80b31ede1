"""Who is told of what happens to tasks."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.rooms.services.membership import leave_room
from chat.rooms.services.own_settings import change_own_settings
from lib.lasting import FOREVER
from notifications.inbox.queries import describe_visible
from notifications.models import Notification
from tasks.models import Project, TaskWatcher
from tasks.watching.services import watch_task
from tasks.work.services.bulk import BulkItem, save_tasks
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task, delete_tasks
from tasks.work.services.updating import complete_task, reopen_task, update_task, update_tasks

pytestmark = pytest.mark.django_db


def read_titles(user: User) -> list[str]:
    """What the bell of a user says."""
    rows = Notification.objects.received_by(user).exclude(kind="room-added").for_listing().order_by("pk")
    return [each.description.title for each in describe_visible(list(rows), user)]


def test_who_is_assigned_is_told_and_the_actor_of_nothing(alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[alice.pk, bob.pk])
    task = create_task(actor=alice, project_id=project.pk, title="Rig")
    update_task(actor=alice, task_id=task.pk, assignee_ids=[bob.pk])
    update_task(actor=alice, task_id=task.pk, assignee_ids=[bob.pk, alice.pk], title="Rigging")

    assert read_titles(bob) == ["Alice assigned you ATR-1", "Alice assigned you ATR-2"]
    assert read_titles(alice) == []


def test_many_tasks_in_one_call_are_one_notification(alice: User, bob: User, project: Project) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": str(n)} for n in range(50)])
    ids = [task.pk for task in tasks]
    update_tasks(actor=alice, project_id=project.pk, task_ids=ids, changes={"assignee_ids": [bob.pk]})

    assert read_titles(bob) == ["Alice assigned you 50 tasks in Atrium"]
    update_tasks(actor=alice, project_id=project.pk, task_ids=ids, changes={"status": "completed"})
    assert read_titles(bob)[1:] == ["Alice completed 50 tasks in Atrium"]


def test_what_fails_in_a_batch_tells_nobody(alice: User, bob: User, project: Project) -> None:
    items = [
        BulkItem(None, {"title": "Paint", "assignee_ids": [bob.pk], "external_id": "A"}),
        BulkItem(None, {"title": "Rig", "assignee_ids": [bob.pk], "external_id": "A"}),
    ]
    save_tasks(actor=alice, project_id=project.pk, items=items, all_or_none=False)

    assert read_titles(bob) == ["Alice assigned you ATR-1"]


def test_watchers_hear_of_completion_and_reopening_in_one_row(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    watch_task(actor=bob, task_id=task.pk)

    complete_task(actor=bob, task_id=task.pk)
    assert (read_titles(alice), read_titles(bob)) == (["Bob completed ATR-1"], [])
    reopen_task(actor=bob, task_id=task.pk)
    assert read_titles(alice) == ["Bob opened ATR-1 again"]
    complete_task(actor=alice, task_id=task.pk)
    assert read_titles(bob) == ["Alice completed ATR-1"]


def test_other_changes_tell_nobody(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    update_task(actor=bob, task_id=task.pk, title="Varnish", status="in_progress", priority=3)

    assert read_titles(alice) == []


def test_what_was_told_is_taken_back(alice: User, bob: User, project: Project) -> None:
    first, second, third = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": title} for title in "abc"])
    update_task(actor=alice, task_id=first.pk, assignee_ids=[bob.pk])
    update_tasks(
        actor=alice,
        project_id=project.pk,
        task_ids=[second.pk, third.pk],
        changes={"assignee_ids": [bob.pk]},
    )

    delete_task(actor=alice, task_id=second.pk)
    assert read_titles(bob) == ["Alice assigned you ATR-1", "Alice assigned you ATR-3"]
    update_task(actor=alice, task_id=first.pk, assignee_ids=[])
    assert not Notification.objects.filter(user=bob, subject=first.pk).exists()
    delete_tasks(actor=alice, project_id=project.pk, task_ids=[third.pk])
    assert read_titles(bob) == []


def test_who_leaves_the_project_is_told_no_more(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[bob.pk])

    leave_room(actor=bob, room_id=project.pk)

    assert not Notification.objects.filter(user=bob, place=project.pk).exists()
    assert TaskWatcher.objects.filter(user=bob).exists()
    complete_task(actor=alice, task_id=task.pk)
    assert not Notification.objects.filter(user=bob, subject=task.pk).exists()


def test_notifications_cost_the_same_for_few_and_many(
    alice: User, bob: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (2, 30):
        fields = {"title": "x", "assignee_ids": [bob.pk]}
        create_tasks(actor=alice, project_id=project.pk, tasks=[fields] * count)
        rows = list(Notification.objects.received_by(bob).for_listing())
        with django_assert_num_queries(3):
            describe_visible(rows * count, bob)


def test_muting_a_channel_leaves_the_tasks_of_its_project_unread(alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[bob.pk])
    for level in ("all", "nothing"):
        change_own_settings(actor=bob, room_id=project.pk, muted_until=FOREVER, notification_level=level)

    assert Notification.objects.received_by(bob).unread().filter(kind="task-assigned").count() == 1
