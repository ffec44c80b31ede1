"""The timeline of projects: its frames, its bars, who sees which, and what it costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from tasks.models import Project
from tasks.timeline.days import Frame, build_frame, read_frame
from tasks.timeline.queries import TimelineRow, load_rows
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import complete_task
from tests.conftest import ClientFor
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)
PATH = "/o/halyard/projects/timeline/"
QUARTER = build_frame(TODAY, "quarter")


def read_row(user: User, organisation: Organisation, frame: Frame = QUARTER) -> TimelineRow:
    [row] = load_rows(user=user, organisation=organisation, frame=frame)
    return row


@pytest.mark.parametrize(
    ("zoom", "first", "end", "name"),
    [
        ("month", date(2026, 12, 1), date(2027, 1, 1), "December 2026"),
        ("quarter", date(2026, 10, 1), date(2027, 1, 1), "October to December 2026"),
        ("year", date(2026, 1, 1), date(2027, 1, 1), "2026"),
    ],
)
def test_frames_are_months_quarters_and_years(zoom: Any, first: date, end: date, name: str) -> None:
    frame = build_frame(TODAY, zoom)

    assert (frame.first, frame.end, frame.name) == (first, end, name)
    assert frame.step(1).first == end
    assert frame.step(1).step(-1) == frame
    assert read_frame(zoom, f"{first:%Y-%m}", date(2000, 1, 1)) == frame
    assert (frame.find_place(first), frame.find_place(end)) == (0, 100)
    assert [tick.at for tick in frame.ticks] == sorted({tick.at for tick in frame.ticks})


@pytest.mark.parametrize("month", ["", "x", "2026-13", "2026", "99999-01"])
@pytest.mark.parametrize("zoom", ["", "decade"])
def test_what_is_no_frame_is_the_quarter_of_today(zoom: str, month: str) -> None:
    assert read_frame(zoom, month, TODAY) == QUARTER


def test_a_project_lasts_from_its_first_to_its_last_task(alice: User, halyard: Organisation, project: Project) -> None:
    new: dict[str, Any] = {"actor": alice, "project_id": project.pk}
    assert read_row(alice, halyard).span is None
    first = create_task(title="Paint", start_date=date(2026, 10, 1), due_date=date(2026, 10, 9), **new)
    create_task(title="Tar", due_date=date(2026, 11, 15), **new)
    create_task(title="Some day", **new)
    late = create_task(title="Gone", due_date=date(2027, 5, 1), **new)
    delete_task(actor=alice, task_id=late.pk)
    complete_task(actor=alice, task_id=first.pk)

    row = read_row(alice, halyard)

    assert row.span == (date(2026, 10, 1), date(2026, 11, 15))
    assert row.bar
    assert (row.bar.at, row.bar.width, row.bar.done) == (0, 50, pytest.approx(16.5, abs=0.1))
    assert (row.bar.goes_on_before, row.bar.goes_on_after) == (False, False)
    assert read_row(alice, halyard, QUARTER.step(1)).bar is None


def test_the_days_of_a_project_itself_count_first(alice: User, halyard: Organisation, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", due_date=date(2026, 11, 15))
    Project.objects.filter(pk=project.pk).update(start_date=date(2026, 9, 1), target_date=date(2027, 3, 1))

    row = read_row(alice, halyard)

    assert row.span == (date(2026, 9, 1), date(2027, 3, 1))
    assert row.bar
    assert (row.bar.at, row.bar.width, row.bar.goes_on_before, row.bar.goes_on_after) == (0, 100, True, True)


def test_the_page_says_all_in_a_table(client_for: ClientFor, alice: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", due_date=date(2026, 11, 15))

    with time_machine.travel(TODAY, tick=False):
        page = client_for(alice).get(PATH).content.decode()

    assert "October to December 2026" in page
    assert '<time datetime="2026-11-15">15 Nov 2026</time>' in page
    assert "0 of 1 task done" in page
    assert 'class="timeline__today" x1="67.391%"' in page
    assert "zoom=quarter&amp;from=2027-01" in page


def test_each_sees_their_own_projects(
    client_for: ClientFor, alice: User, bob: User, charlie: User, halyard: Organisation, project: Project
) -> None:
    other = make_project(halyard, alice, [], key="OTHER"[:4])
    Project.objects.filter(pk=other.pk).update(name="Secret", folded_name="secret")
    Membership.objects.filter(user=bob).update(role=Membership.Role.GUEST)

    assert "Secret" in client_for(alice).get(PATH).content.decode()
    seen = client_for(bob).get(PATH).content.decode()
    assert project.name in seen and "Secret" not in seen
    assert client_for(charlie).get(PATH).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_a_timeline_costs_the_same_for_any_number_of_projects(
    client_for: ClientFor,
    alice: User,
    halyard: Organisation,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        made = make_project(halyard, alice, [], key=f"P{number}X")
        tasks = [{"title": f"Task {n}", "due_date": TODAY} for n in range(3)]
        create_tasks(actor=alice, project_id=made.pk, tasks=tasks)
    client = client_for(alice)
    client.get(PATH)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PATH)


# Session and user, membership, projects, tasks counted, their days; the sidebar.
PAGE_QUERIES = 11
