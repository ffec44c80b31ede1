"""The next tasks of series: when they are made, and what they have."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import User
from lib.jobs import run_due_jobs
from notifications.models import Notification
from tasks.models import Label, Project, Task, TaskAssignee
from tasks.recurrence.jobs import _has_due_series, continue_due_series
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import complete_task, move_tasks, reopen_task, update_task, update_tasks
from tests.conftest import ApiFor
from tests.tasks.work.conftest import column_of

pytestmark = pytest.mark.django_db


def complete_series(actor: User, task: Task, count: int) -> list[Task]:
    """Complete a task and those that follow, each an hour before it is due."""
    tasks = [task]
    for _ in range(count):
        last = tasks[-1]
        assert last.due_at is not None
        with time_machine.travel(last.due_at - timedelta(hours=1), tick=False):
            complete_task(actor=actor, task_id=last.pk)
        tasks.append(Task.objects.get(recurred_from=last))
    return tasks


@pytest.mark.parametrize(
    ("zone", "first", "walls"),
    [
        ("Europe/Berlin", "2026-03-28T09:00", "28T09:00+01:00 29T09:00+02:00 30T09:00+02:00"),
        ("Europe/Berlin", "2026-10-24T09:00", "24T09:00+02:00 25T09:00+01:00 26T09:00+01:00"),
        # What the clock leaves out comes an hour later, and the next day at its own time again.
        ("Europe/Berlin", "2026-03-28T02:30", "28T02:30+01:00 29T03:30+02:00 30T02:30+02:00"),
        # What comes twice is the first of both.
        ("Europe/Berlin", "2026-10-24T02:30", "24T02:30+02:00 25T02:30+02:00 26T02:30+01:00"),
        ("America/New_York", "2026-03-07T02:30", "07T02:30-05:00 08T03:30-04:00 09T02:30-04:00"),
        ("America/New_York", "2026-10-31T01:30", "31T01:30-04:00 01T01:30-04:00 02T01:30-05:00"),
        ("America/New_York", "2026-03-07T23:30", "07T23:30-05:00 08T23:30-04:00 09T23:30-04:00"),
        # By half an hour.
        ("Australia/Lord_Howe", "2026-10-03T02:15", "03T02:15+10:30 04T02:45+11:00 05T02:15+11:00"),
        ("Australia/Lord_Howe", "2026-04-04T01:45", "04T01:45+11:00 05T01:45+11:00 06T01:45+10:30"),
        ("Australia/Lord_Howe", "2026-04-04T09:00", "04T09:00+11:00 05T09:00+10:30 06T09:00+10:30"),
    ],
)
def test_the_clock_shows_the_same_time_across_its_changes(
    alice: User, project: Project, zone: str, first: str, walls: str
) -> None:
    here = ZoneInfo(zone)
    due = datetime.fromisoformat(first).replace(tzinfo=here)
    with time_machine.travel(due - timedelta(days=1), tick=False):
        task = create_task(
            actor=alice, project_id=project.pk, title="Tide", due_at=due, time_zone=zone, recurrence="FREQ=DAILY"
        )

    tasks = complete_series(alice, task, 2)

    moments = [task.due_at.astimezone(here) for task in tasks if task.due_at]
    assert " ".join(moment.isoformat()[8:16] + moment.isoformat()[19:] for moment in moments) == walls
    assert [task.due_date for task in tasks] == [moment.date() for moment in moments]


@pytest.fixture
def fields(alice: User, bob: User, project: Project) -> dict[str, Any]:
    label = Label.objects.create(project=project, name="hull")
    return {
        "title": "Paint",
        "description": "- [x] sand\n- [ ] prime",
        "priority": 3,
        "estimate": 3600,
        "assignee_ids": [alice.pk, bob.pk],
        "label_ids": [label.pk],
        "start_date": datetime(2100, 3, 1).date(),
        "due_date": datetime(2100, 3, 3).date(),
        "recurrence": "FREQ=WEEKLY;COUNT=3",
    }


def test_the_next_task_has_what_the_last_one_had(
    alice: User, bob: User, project: Project, fields: dict[str, Any]
) -> None:
    task = create_task(actor=alice, project_id=project.pk, **fields)
    part = create_task(
        actor=alice, project_id=project.pk, title="Sand", parent_id=task.pk, due_date=datetime(2100, 3, 2).date()
    )
    create_task(actor=alice, project_id=project.pk, title="Buy paper", parent_id=part.pk)
    complete_task(actor=alice, task_id=part.pk)
    Notification.objects.all().delete()

    complete_task(actor=bob, task_id=task.pk)

    made = Task.objects.get(recurred_from=task)
    assert (made.number, made.status, made.column, made.creator) == (4, "pending", column_of(project, "To do"), alice)
    assert (made.title, made.priority, made.estimate) == ("Paint", 3, 3600)
    assert made.description == "- [ ] sand\n- [ ] prime"
    assert (str(made.start_date), str(made.due_date)) == ("2100-03-08", "2100-03-10")
    assert made.recurrence == "FREQ=WEEKLY;COUNT=2"
    assert set(made.assignees.values_list("user", flat=True)) == {alice.pk, bob.pk}
    assert [str(each.label) for each in made.task_labels.all()] == ["hull"]
    [copied] = Task.objects.filter(parent=made)
    assert (copied.title, copied.status, str(copied.due_date)) == ("Sand", "pending", "2100-03-09")
    assert [each.title for each in Task.objects.filter(parent=copied)] == ["Buy paper"]
    assert not Notification.objects.filter(kind="task-assigned").exists()


def test_there_is_one_next_task_however_often_one_is_completed(
    alice: User, bob: User, project: Project, fields: dict[str, Any]
) -> None:
    task = create_task(actor=alice, project_id=project.pk, **fields)
    for _ in range(2):
        complete_task(actor=alice, task_id=task.pk)
        complete_task(actor=bob, task_id=task.pk)
        reopen_task(actor=alice, task_id=task.pk)

    made = Task.objects.get(recurred_from=task)
    assert Task.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(recurred_from=task.pk)
        Task.objects.create(project=project, number=9, version=9, title="Twin", position="x", recurred_from=task)
    assert made.recurred_from == task


def test_every_way_of_completing_makes_the_next(alice: User, project: Project, fields: dict[str, Any]) -> None:
    tasks = [create_task(actor=alice, project_id=project.pk, **fields) for _ in range(3)]
    update_task(actor=alice, task_id=tasks[0].pk, status="completed")
    update_tasks(actor=alice, project_id=project.pk, task_ids=[tasks[1].pk], changes={"status": "completed"})
    done = column_of(project, "Done")
    move_tasks(actor=alice, project_id=project.pk, task_ids=[tasks[2].pk], column_id=done.pk)

    assert Task.objects.filter(recurred_from__in=[task.pk for task in tasks]).count() == 3


def test_a_series_ends(alice: User, project: Project, fields: dict[str, Any]) -> None:
    task = create_task(actor=alice, project_id=project.pk, **fields | {"recurrence": "FREQ=DAILY;COUNT=2"})
    complete_task(actor=alice, task_id=task.pk)
    last = Task.objects.get(recurred_from=task)
    assert last.recurrence == ""
    complete_task(actor=alice, task_id=last.pk)

    assert Task.objects.count() == 2


def test_who_is_no_longer_in_the_project_is_left_out(
    alice: User, bob: User, project: Project, fields: dict[str, Any]
) -> None:
    task = create_task(actor=alice, project_id=project.pk, **fields)
    project.channel.members.filter(user=bob).delete()

    complete_task(actor=alice, task_id=task.pk)

    assert set(TaskAssignee.objects.filter(task__recurred_from=task).values_list("user", flat=True)) == {alice.pk}


def test_what_was_missed_is_left_out(alice: User, project: Project) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z"):
        day = datetime(2026, 3, 2).date()
        task = create_task(actor=alice, project_id=project.pk, title="Log", due_date=day, recurrence="FREQ=DAILY")
    with time_machine.travel("2026-03-06T12:00:00Z"):
        complete_task(actor=alice, task_id=task.pk)

    assert str(Task.objects.get(recurred_from=task).due_date) == "2026-03-07"


def test_the_next_one_is_made_once_one_is_due(alice: User, project: Project) -> None:
    alice.time_zone = "America/New_York"
    alice.save()
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        day = datetime(2026, 3, 3).date()
        task = create_task(
            actor=alice, project_id=project.pk, title="Log", due_date=day, recurrence="FREQ=DAILY", repetition="due"
        )
        complete_task(actor=alice, task_id=task.pk)
        clock.move_to("2026-03-03T04:30:00Z")  # still the second there
        assert not _has_due_series()
        clock.move_to("2026-03-03T05:30:00Z")
        assert _has_due_series()
        for _ in range(2):
            continue_due_series.enqueue()
            run_due_jobs()

        made = Task.objects.get(recurred_from=task)
        assert (str(made.due_date), made.creator, Task.objects.count()) == ("2026-03-04", alice, 2)
        assert not _has_due_series()


def test_a_series_that_has_ended_is_asked_no_more(alice: User, project: Project) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        fields = {"due_date": datetime(2026, 3, 2).date(), "recurrence": "FREQ=DAILY;COUNT=1", "repetition": "due"}
        task = create_task(actor=alice, project_id=project.pk, title="Log", **fields)
        continue_due_series.enqueue()
        run_due_jobs()

        assert not _has_due_series()
        assert Task.objects.get().recurrence == ""
    assert Task.objects.get() == task


def test_a_deleted_task_goes_on_no_more(alice: User, project: Project) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        fields = {"due_date": datetime(2026, 3, 2).date(), "recurrence": "FREQ=DAILY", "repetition": "due"}
        task = create_task(actor=alice, project_id=project.pk, title="Log", **fields)
        delete_task(actor=alice, task_id=task.pk)

        assert not _has_due_series()


def test_rules_over_rest(api_for: ApiFor, alice: User, project: Project) -> None:
    api = api_for(alice)
    body = {"title": "Log", "due_date": "2100-01-31", "recurrence": "RRULE:FREQ=MONTHLY"}
    task = api.call("POST", f"/projects/{project.pk}/tasks", body).json()
    assert task["recurrence"] == "FREQ=MONTHLY"

    refused = api.call("PATCH", f"/tasks/{task['id']}", {"recurrence": "FREQ=HOURLY"})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["msg"].startswith("A rule begins with")
    api.call("PUT", f"/tasks/{task['id']}/completion")
    listed = api.call("GET", f"/projects/{project.pk}/tasks?status=pending").json()["items"]
    assert [each["due_date"] for each in listed] == ["2100-03-31"]


def test_a_snoozed_task_comes_back_by_itself(api_for: ApiFor, alice: User, project: Project) -> None:
    api, tasks = api_for(alice), f"/projects/{project.pk}/tasks"
    api.call("POST", tasks, {"title": "Log", "snoozed_until": "2100-03-02T13:00:00Z"})
    past = api.call("POST", tasks, {"title": "Rig", "snoozed_until": "2026-03-02T13:00:00Z"}).json()

    shown = [
        [each["title"] for each in api.call("GET", f"{tasks}?snoozed={which}").json()["items"]]
        for which in ("true", "false")
    ]

    assert shown == [["Log"], ["Rig"]]
    api.call("PUT", f"/tasks/{past['id']}/completion")
    assert api.call("GET", f"/tasks/{past['id']}").json()["snoozed_until"] is None
