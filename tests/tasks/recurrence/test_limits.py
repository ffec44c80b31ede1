"""Series at the ends of the calendar, and those that fail."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from django.db import DatabaseError

from accounts.models import User
from tasks.models import Project, Task, TaskChange
from tasks.projects.services.columns import update_column
from tasks.recurrence import jobs
from tasks.work.services.creating import create_task
from tasks.work.services.updating import complete_task
from tests.tasks.work.conftest import column_of

pytestmark = pytest.mark.django_db


def make_due_series(actor: User, project: Project, title: str) -> Task:
    fields = {"due_date": date(2026, 1, 1), "recurrence": "FREQ=DAILY", "repetition": "due"}
    return create_task(actor=actor, project_id=project.pk, title=title, **fields)


def test_a_series_that_fails_ends_alone(
    alice: User, project: Project, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = (make_due_series(alice, project, title) for title in ("bad", "good"))
    make = jobs.continue_series

    def fail_for_bad(project_id: object, task_id: object) -> None:
        if task_id == bad.pk:
            raise OverflowError("date value out of range")
        make(project_id, task_id)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "continue_series", fail_for_bad)
    jobs.continue_due_series.func()

    assert Task.objects.filter(recurred_from=good).exists()
    bad.refresh_from_db()
    assert bad.recurrence == ""
    assert TaskChange.objects.filter(task=bad, field="recurrence", after="").exists()
    assert str(bad.pk) in caplog.text


def test_a_database_that_does_not_answer_ends_no_series(alice: User, project: Project) -> None:
    series = make_due_series(alice, project, "Daily")

    with patch.object(jobs, "continue_series", side_effect=DatabaseError), pytest.raises(DatabaseError):
        jobs.continue_due_series.func()

    series.refresh_from_db()
    assert series.recurrence == "FREQ=DAILY"


def test_a_sub_task_at_the_end_of_the_calendar_lets_its_series_go_on(alice: User, project: Project) -> None:
    series = make_due_series(alice, project, "Daily")
    create_task(actor=alice, project_id=project.pk, title="Part", parent_id=series.pk, due_date=date(2199, 12, 31))

    jobs.continue_due_series.func()

    made = Task.objects.get(recurred_from=series)
    assert list(Task.objects.filter(parent=made).values_list("due_date", flat=True)) == [date(2199, 12, 30)]


def test_a_series_whose_column_becomes_one_of_completed_tasks_goes_on(alice: User, project: Project) -> None:
    fields = {"due_date": date(2030, 1, 1), "recurrence": "FREQ=WEEKLY"}
    series = create_task(
        actor=alice, project_id=project.pk, title="Weekly", column_id=column_of(project, "Review").pk, **fields
    )
    before = series.updated_at

    update_column(actor=alice, column_id=column_of(project, "Review").pk, status="completed")

    series.refresh_from_db()
    assert series.status == "completed"
    assert series.updated_at > before
    assert Task.objects.get(recurred_from=series).due_date == date(2030, 1, 8)


def test_a_series_ends_with_the_calendar(alice: User, project: Project) -> None:
    fields = {"due_date": date(2199, 12, 30), "recurrence": "FREQ=YEARLY"}
    series = create_task(actor=alice, project_id=project.pk, title="Yearly", **fields)

    complete_task(actor=alice, task_id=series.pk)

    assert not Task.objects.filter(recurred_from=series).exists()
