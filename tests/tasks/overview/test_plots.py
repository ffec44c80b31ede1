"""The plots on the first page of a project."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.models import Project
from tasks.work.services.creating import create_tasks
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import complete_task
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


def test_an_empty_project_has_no_plots(client_for: ClientFor, alice: User, project: Project) -> None:
    [task] = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": "a"}])
    delete_task(actor=alice, task_id=task.pk)

    page = client_for(alice).get(f"/projects/{project.pk}/").content.decode()

    assert "flow-plot" not in page and "weeks-plot" not in page and "How it goes" not in page


def test_plots_show_what_there_is_and_lead_to_the_statistics(
    client_for: ClientFor, alice: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, path = client_for(alice), f"/projects/{project.pk}/"
    browser.get(path)
    for count in (1, 40):
        tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": "a"}] * count)
        with django_assert_num_queries(18):
            page = browser.get(path).content.decode()
    assert page.count('<path class="flow-plot__') == 4 and "weeks-plot" not in page
    # A fortnight, however new the project is: the line of all tasks has a point a day.
    line = re.search(r'class="flow-plot__scope" d="([^"]+)"', page)
    assert line and line[1].count("L") == 13

    complete_task(actor=alice, task_id=tasks[0].pk)

    page = browser.get(path).content.decode()
    assert "weeks-plot" in page and "1 in the best week" in page
    assert f'<a class="btn btn--sm" href="{path}statistics/">' in page
    assert "As a table" not in page
