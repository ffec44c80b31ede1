"""What waits in a project for a column."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.models import Project
from tasks.work.services.creating import create_task, create_tasks
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


def test_tasks_without_a_column_wait_there_until_they_are_snoozed(
    client_for: ClientFor, alice: User, project: Project
) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", column_id=None)
    create_task(actor=alice, project_id=project.pk, title="Placed")
    tomorrow = timezone.now() + timedelta(days=1)
    create_task(actor=alice, project_id=project.pk, title="Sleep", column_id=None, snoozed_until=tomorrow)
    client, path = client_for(alice), f"/projects/{project.pk}/triage/"

    waiting = client.get(path).content.decode()
    snoozed = client.get(f"{path}?snoozed=true").content.decode()

    assert [title in waiting for title in (">Paint<", ">Placed<", ">Sleep<")] == [True, False, False]
    assert [title in snoozed for title in (">Paint<", ">Placed<", ">Sleep<")] == [False, False, True]


def test_strangers_find_no_triage(client_for: ClientFor, charlie: User, project: Project) -> None:
    assert client_for(charlie).get(f"/projects/{project.pk}/triage/").status_code == 404


@pytest.mark.parametrize("count", [10, 200])
def test_a_triage_costs_the_same_for_any_number_of_tasks(
    client_for: ClientFor,
    alice: User,
    project: Project,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fields = [{"title": f"Task {n}", "column_id": None} for n in range(count)]
    create_tasks(actor=alice, project_id=project.pk, tasks=fields)
    client, path = client_for(alice), f"/projects/{project.pk}/triage/"
    client.get(path)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(path)


# Session and user, head, columns, groups, places, tasks, assignees, labels; the sidebar.
PAGE_QUERIES = 14
