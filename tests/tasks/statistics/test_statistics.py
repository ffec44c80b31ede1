"""The numbers of a project over time, and its tasks as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.models import Project, Task, TaskChange
from tasks.statistics.queries import find_percentile, load_statistics
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import complete_task, reopen_task, update_task
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def past(alice: User, project: Project) -> Iterator[Task]:
    """Four tasks in ten days: one done at once, one done twice, one begun, one deleted; and one of nobody."""

    def on_day(offset: int) -> None:
        clock.return_value = MONDAY + timedelta(days=offset)

    with patch("django.utils.timezone.now") as clock:
        on_day(0)
        quick, twice, begun, gone = (
            create_task(actor=alice, project_id=project.pk, title=title, assignee_ids=[alice.pk] * (title == "begun"))
            for title in ("quick", "twice", "begun", "gone")
        )
        complete_task(actor=alice, task_id=quick.pk)
        on_day(2)
        complete_task(actor=alice, task_id=gone.pk)
        complete_task(actor=alice, task_id=twice.pk)
        on_day(4)
        delete_task(actor=alice, task_id=gone.pk)
        reopen_task(actor=alice, task_id=twice.pk)
        update_task(actor=alice, task_id=begun.pk, status="in_progress")
        on_day(8)
        complete_task(actor=alice, task_id=twice.pk)
        create_task(actor=alice, project_id=project.pk, title="new")
        on_day(9)
        yield quick


def load(project: Project, zone: str = "UTC", days: int = 10) -> object:
    return load_statistics(project=project, today=date(2026, 3, 11), days=days, zone=ZoneInfo(zone))


def test_each_day_has_what_stood_at_its_end(past: Task, project: Project) -> None:
    days = [(d.pending, d.in_progress, d.completed, d.completed_on_day) for d in load(project).days]

    assert days == [
        *[(2, 0, 1, 1), (2, 0, 1, 0), (1, 0, 2, 0), (1, 0, 2, 0)],
        *[(1, 1, 1, 0)] * 4,
        *[(1, 1, 2, 1), (1, 1, 2, 0)],
    ]


def test_days_before_the_first_shown_count_too(past: Task, project: Project) -> None:
    days = [(d.pending, d.in_progress, d.completed) for d in load(project, days=2).days]

    assert days == [(1, 1, 2), (1, 1, 2)]


def test_weeks_cycle_times_and_who_has_what(past: Task, project: Project) -> None:
    numbers = load(project)

    assert [(week.monday, week.completed) for week in numbers.weeks] == [(date(2026, 3, 2), 1), (date(2026, 3, 9), 1)]
    cycle = numbers.cycle_time
    assert (cycle.count, cycle.median_seconds, cycle.p85_seconds) == (2, 0, 8 * 86_400)
    assert [(each.name, each.count) for each in numbers.open_by_assignee] == [("Alice", 1), ("Nobody", 1)]


def test_days_are_those_of_the_zone(past: Task, project: Project) -> None:
    # At noon UTC the next day has begun there.
    days = load(project, "Pacific/Kiritimati", days=11).days

    assert [day.completed_on_day for day in days][1:3] == [0, 1]


def test_a_share_of_the_values() -> None:
    assert find_percentile([], 0.5) is None
    assert [find_percentile(list(range(1, 101)), share) for share in (0.5, 0.85, 1.0, 0.001)] == [50, 85, 100, 1]
    assert find_percentile([7], 0.85) == 7


def test_numbers_cost_the_same_for_few_and_many(
    alice: User,
    project: Project,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (2, 40):
        for task in create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": "a"}] * count):
            complete_task(actor=alice, task_id=task.pk)
        with django_assert_num_queries(4):
            load(project)


def test_numbers_and_tasks_over_rest(api_for: ApiFor, alice: User, robin: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="=1+1", assignee_ids=[alice.pk], priority=3)
    path = f"/projects/{project.pk}"

    assert len(api_for(alice).call("GET", f"{path}/statistics?days=7").json()["days"]) == 7
    assert api_for(alice).call("GET", f"{path}/statistics?days=6").status_code == 422
    table = api_for(alice).call("GET", f"{path}/statistics?days=7&format=csv").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 8
    exported = b"".join(api_for(alice).call("GET", f"{path}/export.csv")).decode("utf-8-sig")
    [row] = csv.DictReader(exported.splitlines())
    # What a spreadsheet would run as a formula is text.
    assert (row["Key"], row["Title"], row["Priority"], row["Assignees"]) == ("ATR-1", "'=1+1", "high", "alice")
    assert TaskChange.objects.filter(task=task).count() == 1
    for user, status in ((robin, 404), (None, 401)):
        for asked in ("statistics", "export.csv"):
            assert api_for(user).call("GET", f"{path}/{asked}").status_code == status


def test_a_page_draws_them_and_says_them_in_tables(client_for: ClientFor, alice: User, past: Task) -> None:
    page = client_for(alice).get(f"/projects/{past.project_id}/statistics/?days=30").content.decode()

    assert page.count('<path class="flow-plot__') == 4
    assert "11 Mar 2026" in page
    assert "Half of them within" in page and "8 days" in page
    assert "nan" not in page.lower().replace("finance", "")


def test_the_page_of_an_empty_project_says_that_nothing_was_done(
    client_for: ClientFor,
    alice: User,
    charlie: User,
    project: Project,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    path = f"/projects/{project.pk}/statistics/"
    client = client_for(alice)
    client.get(path)
    with django_assert_num_queries(12):
        page = client.get(path).content.decode()

    assert page.count("Nothing was completed in these days.") == 2
    assert client_for(charlie).get(path).status_code == 404
