"""Changing tasks, two users at once, and completing them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from tasks.models import Project, Task
from tasks.work.conflicts import FieldsChanged
from tasks.work.services.creating import create_task
from tasks.work.services.updating import complete_task, reopen_task, update_task
from tests.tasks.work.conftest import column_of

pytestmark = pytest.mark.django_db


def test_a_day_takes_the_time_away(alice: User, project: Project) -> None:
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    task = create_task(actor=alice, project_id=project.pk, title="Paint", due_at=moment)

    task = update_task(actor=alice, task_id=task.pk, due_date=date(2026, 3, 5))
    assert (task.due_date, task.due_at) == (date(2026, 3, 5), None)

    task = update_task(actor=alice, task_id=task.pk, due_at=moment)
    task = update_task(actor=alice, task_id=task.pk, due_at=None)
    assert (task.due_date, task.due_at) == (date(2026, 3, 2), None)


def test_no_task_is_part_of_itself(alice: User, project: Project) -> None:
    root = create_task(actor=alice, project_id=project.pk, title="1")
    leaf = root
    for number in range(2, 6):
        leaf = create_task(actor=alice, project_id=project.pk, title=str(number), parent_id=leaf.pk)

    for parent_id, task in ((leaf.pk, root), (root.pk, root)):
        with pytest.raises(ValidationError):
            update_task(actor=alice, task_id=task.pk, parent_id=parent_id)
    with pytest.raises(ValidationError):
        create_task(actor=alice, project_id=project.pk, title="6", parent_id=leaf.pk)


def test_what_others_changed_is_not_overwritten_and_the_rest_merges(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    update_task(actor=bob, task_id=task.pk, version=task.version, title="Paint the hull")

    # Another field merges; the same one is refused, and says what it was and is.
    update_task(actor=alice, task_id=task.pk, version=task.version, priority=4)
    with pytest.raises(FieldsChanged) as refusal:
        update_task(actor=alice, task_id=task.pk, version=task.version, title="Varnish", description="Twice")

    [change] = refusal.value.members["changes"]
    assert (change["field"], change["before"], change["after"]) == ("title", "Paint", "Paint the hull")
    merged = Task.objects.get(pk=task.pk)
    assert (merged.title, merged.priority, merged.description) == ("Paint the hull", 4, "")
    # Who wants what it is already is not refused, nor is who knows of it.
    update_task(actor=alice, task_id=task.pk, version=task.version, title="Paint the hull")
    update_task(actor=alice, task_id=task.pk, version=merged.version, title="Varnish")


def test_completing_and_opening_again(alice: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint", column_id=column_of(project, "Review").pk)

    done = complete_task(actor=alice, task_id=task.pk)
    again = complete_task(actor=alice, task_id=task.pk)
    assert (done.status, done.column.name, done.completed_by) == ("completed", "Done", alice)
    assert (again.version, again.completed_at) == (done.version, done.completed_at)

    reopened = reopen_task(actor=alice, task_id=task.pk)
    assert (reopened.column.name, reopened.completed_at, reopened.completed_by) == ("Review", None, None)
