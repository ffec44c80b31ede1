"""The list of a project's tasks: its groups, its order, its pages and what it costs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.lists.grouping import Grouping
from tasks.lists.queries import ROWS, TaskListing, read_place, write_place
from tasks.models import Label, Project, Task
from tasks.work.filters import TaskQuery
from tasks.work.queries import load_columns
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import update_task
from tests.conftest import ClientFor
from tests.tasks.work.conftest import column_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)
ROWS_HEADER = {"X-Fragment": "rows"}


def build_listing(project: Project, user: User, grouping: Grouping = "none", **query: Any) -> TaskListing:
    return TaskListing(project, user, TaskQuery(**query), grouping, load_columns(project), TODAY)


def read_listing(listing: TaskListing) -> list[tuple[str, list[str]]]:
    """Return the titles under each heading, read page by page."""
    found: list[tuple[str, list[str]]] = []
    place = None
    while True:
        page = listing.load_page(place)
        for row in page.rows:
            if row.heading or not found:
                found.append((row.heading, []))
            found[-1][1].append(row.task.title)
        if page.last is None:
            return found
        place = read_place(write_place(page.last), listing.query.sort)


def test_tasks_are_grouped(alice: User, bob: User, project: Project) -> None:
    label = Label.objects.create(project=project, name="harbour", color="teal")
    new: dict[str, Any] = {"actor": alice, "project_id": project.pk}
    create_task(title="Paint", priority=3, assignee_ids=[bob.pk], due_date=TODAY - timedelta(days=1), **new)
    create_task(title="Tar", column_id=column_of(project, "Review").pk, label_ids=[label.pk], due_date=TODAY, **new)
    create_task(title="Rig", column_id=None, assignee_ids=[bob.pk, alice.pk], **new)

    assert read_listing(build_listing(project, alice, "column")) == [
        ("To do", ["Paint"]),
        ("Review", ["Tar"]),
        ("Triage", ["Rig"]),
    ]
    assert read_listing(build_listing(project, alice, "assignee")) == [
        ("Alice", ["Rig"]),
        ("Bob", ["Paint"]),
        ("Nobody", ["Tar"]),
    ]
    assert read_listing(build_listing(project, alice, "priority")) == [
        ("High", ["Paint"]),
        ("No priority", ["Tar", "Rig"]),
    ]
    assert read_listing(build_listing(project, alice, "due")) == [
        ("Overdue", ["Paint"]),
        ("Today", ["Tar"]),
        ("Without a due date", ["Rig"]),
    ]
    assert read_listing(build_listing(project, alice, "label")) == [
        ("harbour", ["Tar"]),
        ("Without a label", ["Paint", "Rig"]),
    ]


@pytest.mark.parametrize("sort", ["number", "title", "due", "priority", "created", "updated", "position"])
@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
def test_pages_hold_each_task_once_in_order(alice: User, project: Project, sort: str, descending: bool) -> None:
    fields = [
        {"title": f"Task {n % 7}", "priority": n % 3, "due_date": TODAY + timedelta(days=n % 5) if n % 4 else None}
        for n in range(2 * ROWS + 7)
    ]
    create_tasks(actor=alice, project_id=project.pk, tasks=fields)
    listing = build_listing(project, alice, "priority", sort=sort, descending=descending)

    titles = [title for _, group in read_listing(listing) for title in group]

    assert len(titles) == len(fields)
    expected = (
        listing.find_tasks().order_by("group_rank", *_list_keys(sort, descending)).values_list("title", flat=True)
    )
    assert titles == list(expected)


def _list_keys(sort: str, descending: bool) -> list[str]:
    return ["-sort_key", "-pk"] if descending else ["sort_key", "pk"]


def test_what_follows_a_task_is_found_after_it_is_gone(alice: User, project: Project) -> None:
    create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": f"Task {n}"} for n in range(ROWS + 2)])
    listing = build_listing(project, alice)
    page = listing.load_page()
    assert page.last is not None

    delete_task(actor=alice, task_id=page.rows[-1].task.pk)

    assert [row.task.title for row in listing.load_page(page.last).rows] == [f"Task {ROWS}", f"Task {ROWS + 1}"]


@pytest.mark.parametrize("text", ["", "x", "W10", "WzEsMl0", write_place.__name__])
def test_a_place_that_was_not_given_out_is_none(text: str) -> None:
    assert read_place(text, "due") is None


def test_the_page_shows_tasks_that_the_filters_ask_for(client_for: ClientFor, alice: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint the <pier>", priority=4)
    create_task(actor=alice, project_id=project.pk, title="Tar the boat")
    page = client_for(alice).get(f"/projects/{project.pk}/list/?priority=urgent").content.decode()

    assert "Paint the &lt;pier&gt;" in page
    assert "Tar the boat" not in page
    assert "1 task\n" in page


def test_rows_of_changed_tasks_are_shown_where_they_belong(
    client_for: ClientFor, alice: User, project: Project
) -> None:
    stays = create_task(actor=alice, project_id=project.pk, title="Paint", priority=4)
    leaves = create_task(actor=alice, project_id=project.pk, title="Tar", priority=4)
    update_task(actor=alice, task_id=leaves.pk, priority=1)
    path = f"/projects/{project.pk}/list/?priority=urgent&id={stays.pk}&id={leaves.pk}&id=x"

    rows = client_for(alice).get(path, headers=ROWS_HEADER).content.decode()

    assert re.findall(r'data-task="([^"]+)"', rows) == [str(stays.pk)]


def test_who_may_not_write_gets_no_controls(client_for: ClientFor, alice: User, robin: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint")
    project.archived_at = timezone.now()
    project.save(update_fields=["archived_at"])

    page = client_for(alice).get(f"/projects/{project.pk}/list/").content.decode()

    assert "Paint" in page
    assert "data-edits" not in page


def test_strangers_find_no_list(client_for: ClientFor, charlie: User, robin: User, project: Project) -> None:
    for user in (charlie, robin):
        assert client_for(user).get(f"/projects/{project.pk}/list/").status_code == 404


def read_list(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("count", [10, 200])
@pytest.mark.parametrize("group", ["column", "assignee", "label"])
def test_a_list_costs_the_same_for_any_number_of_tasks(
    client_for: ClientFor,
    alice: User,
    bob: User,
    project: Project,
    count: int,
    group: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    label = Label.objects.create(project=project, name="harbour", color="teal")
    fields = {"assignee_ids": [bob.pk], "label_ids": [label.pk], "priority": 2}
    create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": f"Task {n}"} | fields for n in range(count)])
    client, path = client_for(alice), f"/projects/{project.pk}/list/?group={group}"
    read_list(client, path)

    with django_assert_num_queries(PAGE_QUERIES):
        read_list(client, path)


# Session and user, head, columns, labels, members, groups, places, tasks, assignees, labels, views; the sidebar.
PAGE_QUERIES = 17


@pytest.mark.parametrize("count", [10, 200])
def test_further_rows_cost_eight_queries(
    client_for: ClientFor,
    alice: User,
    project: Project,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": f"Task {n}"} for n in range(count)])
    client, path = client_for(alice), f"/projects/{project.pk}/list/?group=none"
    ids = "".join(f"&id={task_id}" for task_id in Task.objects.values_list("pk", flat=True)[:10])
    client.get(path + ids, headers=ROWS_HEADER)

    with django_assert_num_queries(8):  # session, user, head, columns, places, tasks, assignees, labels
        client.get(path + ids, headers=ROWS_HEADER)
