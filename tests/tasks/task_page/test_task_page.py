"""The page and the panel of a task."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.attachments.services import attach_files
from tasks.models import Label, Project, Task
from tasks.relations.services import relate_tasks
from tasks.task_page.history import describe_duration
from tasks.task_page.page import load_task_page
from tasks.time_tracking.services import add_time_entry
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task, restore_task
from tasks.work.services.updating import update_task
from tests.assets.steps import store_picture
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(alice: User, project: Project) -> Task:
    return create_task(actor=alice, project_id=project.pk, title="Paint", description="*twice* <script>")


def read_history(user: User, task: Task) -> list[str]:
    """What was changed, the oldest first, as sentences."""
    lines = load_task_page(user=user, task_id=task.pk).history
    return [f"{line.actor} {line.words}" for line in reversed(lines)]


def test_a_task_is_shown_on_its_page_and_in_a_panel(client_for: ClientFor, alice: User, task: Task) -> None:
    page = client_for(alice).get(f"/tasks/{task.pk}/").content.decode()
    panel = client_for(alice).get(f"/tasks/{task.pk}/", headers={"X-Fragment": "1"}).content.decode()

    assert task.get_absolute_url() == f"/tasks/{task.pk}/"
    for html in (page, panel):
        assert "<em>twice</em> &lt;script&gt;" in html
        assert f'data-version="{task.version}"' in html
        assert "ATR-1" in html
    assert "<nav" in page
    assert "<nav" not in panel


def test_strangers_and_deleted_tasks_are_not_found(
    client_for: ClientFor, alice: User, charlie: User, robin: User, task: Task
) -> None:
    for stranger in (charlie, robin):
        assert client_for(stranger).get(f"/tasks/{task.pk}/").status_code == 404
    delete_task(actor=alice, task_id=task.pk)
    assert client_for(alice).get(f"/tasks/{task.pk}/").status_code == 404


def test_an_archived_task_is_read_only(client_for: ClientFor, alice: User, project: Project, task: Task) -> None:
    assert "delete-task" in client_for(alice).get(f"/tasks/{task.pk}/").content.decode()
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())

    html = client_for(alice).get(f"/tasks/{task.pk}/").content.decode()

    assert "delete-task" not in html
    assert "data-task-form" not in html
    assert "data-field" not in html


def test_the_history_is_told_in_words(alice: User, bob: User, project: Project, task: Task) -> None:
    label = Label.objects.create(project=project, name="hull")
    boat = create_task(actor=alice, project_id=project.pk, title="Boat")
    changes: list[dict[str, Any]] = [
        {"title": "Varnish"},
        {"description": "once"},
        {"priority": 3},
        {"status": "in_progress"},
        {"due_date": date(2026, 12, 1)},
        {"due_date": date(2026, 12, 2)},
        {"due_date": None},
        {"assignee_ids": [bob.pk]},
        {"assignee_ids": [alice.pk], "label_ids": [label.pk]},
        {"estimate": 5400},
        {"parent_id": boat.pk},
    ]
    for change in changes:
        update_task(actor=bob, task_id=task.pk, **change)
    delete_task(actor=alice, task_id=task.pk)
    restore_task(actor=alice, task_id=task.pk)

    names = f"assigned it to {alice.name} and took it from {bob.name}"
    assert read_history(alice, task) == [
        f"{alice} created the task",
        f"{bob} changed the title from “Paint” to “Varnish”",
        f"{bob} changed the description",
        f"{bob} changed the priority from No priority to High",
        f"{bob} moved it from To do to Doing",
        f"{bob} set the due date to 1 Dec 2026",
        f"{bob} moved the due date from 1 Dec 2026 to 2 Dec 2026",
        f"{bob} removed the due date 2 Dec 2026",
        f"{bob} assigned it to {bob.name}",
        f"{bob} {names}",
        f"{bob} added the label hull",
        f"{bob} estimated it at 1 h 30 min",
        f"{bob} made it part of “Boat”",
        f"{alice} deleted the task",
        f"{alice} restored the task",
    ]


def test_what_is_gone_has_no_name_in_the_history(alice: User, project: Project, task: Task) -> None:
    label = Label.objects.create(project=project, name="hull")
    update_task(actor=alice, task_id=task.pk, label_ids=[label.pk])
    label.delete()

    assert read_history(alice, task)[-1] == f"{alice} added the label …"


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 min"), (60, "1 min"), (3600, "1 h"), (9000, "2 h 30 min")])
def test_durations_are_told_in_hours_and_minutes(seconds: int, words: str) -> None:
    assert describe_duration(seconds) == words


def test_a_time_of_day_is_shown_in_the_zone_of_the_task(client_for: ClientFor, alice: User, project: Project) -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    task = create_task(actor=alice, project_id=project.pk, title="Meet", due_at=moment, time_zone="Europe/Berlin")

    html = client_for(alice).get(f"/tasks/{task.pk}/").content.decode()

    assert 'value="2026-07-02"' in html
    assert 'value="00:30"' in html


def test_a_task_costs_the_same_with_much_that_belongs_to_it(
    client_for: ClientFor, alice: User, project: Project, task: Task, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(alice)
    client.get(f"/tasks/{task.pk}/")
    for size in (2, 20):
        for n in range(size):
            create_task(actor=alice, project_id=project.pk, title=f"part {n}", parent_id=task.pk)
            update_task(actor=alice, task_id=task.pk, title=f"Paint {size} {n}")
            add_time_entry(actor=alice, task_id=task.pk, started_at=task.created_at, seconds=60)
            other = create_task(actor=alice, project_id=project.pk, title=f"other {size} {n}")
            relate_tasks(actor=alice, task_id=task.pk, kind="relates", other_id=other.pk)
            picture = store_picture(alice, project.organisation, name=f"{size} {n}.png")
            attach_files(actor=alice, task_id=task.pk, asset_ids=[picture.pk])
        with django_assert_num_queries(19):
            client.get(f"/tasks/{task.pk}/", headers={"X-Fragment": "1"})
