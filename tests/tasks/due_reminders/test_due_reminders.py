"""Reminders of tasks that are due, each once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from accounts.models import User
from lib.jobs import run_due_jobs
from notifications.inbox.queries import describe_visible
from notifications.models import Notification
from tasks.due_reminders.jobs import _has_pending_reminders, remind_of_due_tasks
from tasks.models import Project, TaskAssignee
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.updating import complete_task, update_task

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
YESTERDAY = "2026-03-01T12:00:00Z"


def run_reminders() -> None:
    remind_of_due_tasks.enqueue()
    run_due_jobs()


def read_titles(user: User) -> list[str]:
    rows = Notification.objects.received_by(user).filter(kind="task-due").for_listing().order_by("pk")
    return [each.description.title for each in describe_visible(list(rows), user)]


def count_told(user: User) -> int:
    return Notification.objects.filter(user=user, kind="task-due").count()


def test_in_the_morning_of_each_assignee(alice: User, bob: User, project: Project) -> None:
    for user, zone in ((alice, "Europe/Berlin"), (bob, "America/New_York")):
        user.time_zone = zone
        user.save()
    with time_machine.travel(YESTERDAY, tick=False) as clock:
        create_task(actor=alice, project_id=project.pk, title="Paint", due_date=TODAY, assignee_ids=[alice.pk, bob.pk])
        told = []
        for moment in ("02T07:59", "02T08:00", "02T08:01", "02T13:59", "02T14:00", "03T12:00"):
            clock.move_to(f"2026-03-{moment}:00Z")
            assert _has_pending_reminders() == (moment in ("02T08:00", "02T14:00"))
            run_reminders()
            told.append((count_told(alice), count_told(bob)))

    assert told == [(0, 0), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]


def test_at_the_time_and_again_for_another_one(alice: User, bob: User, project: Project) -> None:
    with time_machine.travel(YESTERDAY, tick=False) as clock:
        due = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
        task = create_task(actor=alice, project_id=project.pk, title="Paint", due_at=due, assignee_ids=[bob.pk])
        clock.move_to("2026-03-02T09:59:00Z")
        run_reminders()
        assert count_told(bob) == 0
        clock.move_to("2026-03-02T10:00:00Z")
        for _ in range(2):
            run_reminders()
        assert (count_told(alice), count_told(bob)) == (0, 1)
        update_task(actor=alice, task_id=task.pk, due_at=due.replace(hour=16))
        run_reminders()
        assert count_told(bob) == 1
        clock.move_to("2026-03-02T16:00:00Z")
        run_reminders()
        assert count_told(bob) == 2


def test_all_that_is_due_on_a_day_is_one_notification(alice: User, bob: User, project: Project) -> None:
    with time_machine.travel(YESTERDAY, tick=False) as clock:
        fields = {"title": "Paint", "due_date": TODAY, "assignee_ids": [bob.pk]}
        create_tasks(actor=alice, project_id=project.pk, tasks=[fields] * 12)
        clock.move_to("2026-03-02T12:00:00Z")
        run_reminders()

        assert count_told(bob) == 1
    row = Notification.objects.get(user=bob, kind="task-due")
    assert len(row.data["task_ids"]) == 12


@pytest.mark.parametrize("change", ["completed", "late", "assigned since", "archived", "left"])
def test_what_concerns_nobody_is_not_told(alice: User, bob: User, project: Project, change: str) -> None:
    with time_machine.travel(YESTERDAY, tick=False) as clock:
        task = create_task(actor=alice, project_id=project.pk, title="Paint", due_date=TODAY, assignee_ids=[bob.pk])
        clock.move_to("2026-03-02T12:00:00Z")
        if change == "completed":
            complete_task(actor=alice, task_id=task.pk)
        elif change == "late":
            clock.move_to("2026-03-09T12:00:00Z")
        elif change == "assigned since":
            TaskAssignee.objects.update(created_at="2026-03-02T11:00:00Z")
        elif change == "archived":
            Project.objects.update(archived_at="2026-03-02T11:00:00Z")
        else:
            project.channel.members.filter(user=bob).delete()
        run_reminders()

        assert count_told(bob) == 0
        assert not _has_pending_reminders()


def test_a_run_that_dies_reminds_nobody_twice(
    alice: User, bob: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(YESTERDAY, tick=False) as clock:
        for user in (alice, bob):
            create_task(actor=alice, project_id=project.pk, title="Paint", due_date=TODAY, assignee_ids=[user.pk])
        clock.move_to("2026-03-02T12:00:00Z")
        with monkeypatch.context() as patched:
            patched.setattr("tasks.due_reminders.telling.notify_of_due", lambda *args: 1 / 0)
            run_reminders()
        assert (count_told(alice), count_told(bob)) == (0, 0)
        assert _has_pending_reminders()
        for _ in range(2):
            run_reminders()

        assert (count_told(alice), count_told(bob)) == (1, 1)
