"""What a user has to do, over all projects: by when, for whom, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from tasks.mine.queries import load_my_tasks
from tasks.models import Project, Task
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.updating import complete_task, update_task
from tests.conftest import ApiFor, ClientFor
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)
DAY = timedelta(days=1)


def read_sections(user: User, organisation: Organisation, today: date = TODAY) -> dict[str, list[str]]:
    sections = load_my_tasks(user=user, organisation=organisation, today=today).sections
    return {section.key: [row.task.title for row in section.rows] for section in sections}


def test_tasks_stand_by_when_they_are_due(alice: User, bob: User, halyard: Organisation, project: Project) -> None:
    other = make_project(halyard, alice, [bob], key="HAL")
    for title, due, place in (
        ("Paint", TODAY - DAY, project),
        ("Tar", TODAY, other),
        ("Rig", TODAY + DAY, project),
        ("Sail", None, other),
        ("Sleep", TODAY - DAY, project),
        ("Rest", TODAY, project),
    ):
        create_task(actor=alice, project_id=place.pk, title=title, due_date=due, assignee_ids=[bob.pk])
    create_task(actor=alice, project_id=project.pk, title="Not his", due_date=TODAY, assignee_ids=[alice.pk])
    tasks = {task.title: task for section in read_rows(bob, halyard) for task in section}
    update_task(actor=bob, task_id=tasks["Sleep"].pk, snoozed_until=timezone.now() + DAY)
    complete_task(actor=bob, task_id=tasks["Rest"].pk)

    assert read_sections(bob, halyard) == {
        "overdue": ["Paint"],
        "today": ["Tar"],
        "upcoming": ["Rig"],
        "undated": ["Sail"],
        "snoozed": ["Sleep"],
        "completed": ["Rest"],
    }


def read_rows(user: User, organisation: Organisation) -> list[list[Task]]:
    sections = load_my_tasks(user=user, organisation=organisation, today=TODAY).sections
    return [[row.task for row in section.rows] for section in sections]


def test_what_was_completed_long_ago_is_out_of_sight(alice: User, halyard: Organisation, project: Project) -> None:
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False):
        task = create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[alice.pk])
        complete_task(actor=alice, task_id=task.pk)
        assert read_sections(alice, halyard) == {"completed": ["Paint"]}

    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        assert read_sections(alice, halyard) == {}


def test_archived_projects_and_those_that_one_has_left_are_not_listed(
    alice: User, bob: User, halyard: Organisation, project: Project
) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[bob.pk, alice.pk])
    project.channel.members.filter(user=bob).delete()
    assert read_sections(bob, halyard) == {}

    project.archived_at = timezone.now()
    project.save(update_fields=["archived_at"])
    assert read_sections(alice, halyard) == {}


@pytest.mark.parametrize(("zone", "heading"), [("Pacific/Auckland", "Overdue"), ("America/Los_Angeles", "Today")])
def test_today_is_that_of_the_user(
    client_for: ClientFor,
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    project: Project,
    zone: str,
    heading: str,
) -> None:
    alice.time_zone = zone
    alice.save(update_fields=["time_zone"])
    create_task(actor=alice, project_id=project.pk, title="Paint", due_date=date(2026, 12, 2), assignee_ids=[alice.pk])

    # In Auckland it is the third by then, in Los Angeles the second.
    with time_machine.travel(datetime(2026, 12, 2, 20, tzinfo=UTC), tick=False):
        page = client_for(alice).get(f"/o/{halyard.slug}/tasks/").content.decode()
        overdue = api_for(alice).call("GET", "/me/tasks?due=overdue", None).json()

    assert f">{heading}</h2>" in page
    assert overdue["total"] == (1 if heading == "Overdue" else 0)


def test_rest_lists_those_of_all_organisations_or_of_one(
    api_for: ApiFor, alice: User, halyard: Organisation, project: Project
) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[alice.pk], priority=3)
    create_task(actor=alice, project_id=project.pk, title="Tar", assignee_ids=[alice.pk])
    create_task(actor=alice, project_id=project.pk, title="Nobody’s")
    api = api_for(alice)

    assert api.call("GET", "/me/tasks", None).json()["total"] == 2
    assert [each["title"] for each in api.call("GET", "/me/tasks?priority=high", None).json()["items"]] == ["Paint"]
    assert api.call("GET", f"/me/tasks?org={halyard.slug}&limit=1", None).json()["next_cursor"]
    assert api.call("GET", "/me/tasks?org=elsewhere", None).status_code == 404


def test_strangers_find_no_page(client_for: ClientFor, charlie: User, halyard: Organisation) -> None:
    assert client_for(charlie).get(f"/o/{halyard.slug}/tasks/").status_code == 404


@pytest.mark.parametrize("count", [10, 200])
def test_they_cost_the_same_for_any_number_of_tasks(
    client_for: ClientFor,
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    project: Project,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fields = {"assignee_ids": [alice.pk], "due_date": TODAY}
    create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": f"Task {n}"} | fields for n in range(count)])
    client, path, api = client_for(alice), f"/o/{halyard.slug}/tasks/", api_for(alice)
    client.get(path)
    api.call("GET", "/me/tasks", None)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(path)
    with django_assert_num_queries(REST_QUERIES):
        api.call("GET", "/me/tasks", None)


PAGE_QUERIES = 15
REST_QUERIES = 5


def test_new_tasks_can_go_where_one_may_write(
    client_for: ClientFor, alice: User, bob: User, halyard: Organisation, project: Project
) -> None:
    old = make_project(halyard, alice, [bob], key="OLD")
    Project.objects.filter(pk=old.pk).update(name="Old", archived_at=timezone.now())
    make_project(halyard, bob, [], key="BOB")

    page = client_for(alice).get("/o/halyard/tasks/").content.decode()

    assert re.findall(r'<option value="([0-9a-f-]{36})"', page) == [str(project.pk)]
