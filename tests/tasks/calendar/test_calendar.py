"""The calendar of a project's tasks: its weeks, its days, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tasks.calendar.days import build_month, build_week, read_period
from tasks.calendar.queries import load_days, load_undated
from tasks.models import Project
from tasks.work.filters import TaskQuery
from tasks.work.services.creating import create_task, create_tasks
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", date(2026, 11, 29), date(2027, 1, 2)), ("de", date(2026, 11, 30), date(2027, 1, 3))],
)
def test_weeks_begin_as_in_the_language_of_the_page(language: str, first: date, last: date) -> None:
    with translation.override(language):
        days = build_month(TODAY).days

    assert (days[0], days[-1], len(days) % 7) == (first, last, 0)


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2024, 2, 1), date(2026, 8, 1), date(2026, 12, 1)])
def test_a_month_has_all_its_days_in_whole_weeks(month: date) -> None:
    period = build_month(month)

    inside = [day for day in period.days if period.holds(day)]
    assert inside[0] == month
    assert (period.step(1).first - inside[-1]).days == 1
    assert len(period.days) % 7 == 0
    assert not all(period.holds(day) for day in period.days[:7]) or period.days[0] == month


def test_months_and_weeks_follow_each_other() -> None:
    assert build_month(date(2026, 12, 5)).step(1).first == date(2027, 1, 1)
    assert build_month(date(2027, 1, 5)).step(-1).first == date(2026, 12, 1)
    week = build_week(TODAY)
    assert (week.step(1).first - week.first).days == 7


@pytest.mark.parametrize("given", [{}, {"month": "x"}, {"month": "2026-13"}, {"week": "2026-02-30"}])
def test_what_is_no_date_is_this_month(given: dict[str, str]) -> None:
    assert read_period(given, TODAY) == build_month(TODAY)


def test_tasks_stand_on_their_days_and_those_between(alice: User, project: Project) -> None:
    new = {"actor": alice, "project_id": project.pk}
    create_task(title="Paint", due_date=date(2026, 12, 2), **new)  # type: ignore[arg-type]
    create_task(title="Tar", start_date=date(2026, 11, 20), due_date=date(2026, 12, 1), **new)  # type: ignore[arg-type]
    create_task(title="Rig", **new)  # type: ignore[arg-type]
    asked = {"project": project, "user": alice, "query": TaskQuery(), "today": TODAY}

    with translation.override("de"):
        days = load_days(period=build_week(TODAY), **asked)  # type: ignore[arg-type]

    assert [(day.day.day, entry.task.title, entry.is_due, entry.begins) for day in days for entry in day.entries] == [
        (30, "Tar", False, True),
        (1, "Tar", True, False),
        (2, "Paint", True, True),
    ]
    assert [day.day for day in days if day.is_today] == [TODAY]
    assert [task.title for task in load_undated(**asked)] == ["Rig"]  # type: ignore[arg-type]


def test_today_is_that_of_the_user(client_for: ClientFor, alice: User, project: Project) -> None:
    alice.time_zone = "Pacific/Auckland"
    alice.save(update_fields=["time_zone"])

    with time_machine.travel(datetime(2026, 11, 30, 20, tzinfo=UTC), tick=False):
        page = client_for(alice).get(f"/projects/{project.pk}/calendar/").content.decode()

    assert "December 2026" in page
    assert re.findall(r'calendar__day--today[^"]*"\s+data-day="([^"]+)"', page) == ["2026-12-01"]


def test_strangers_find_no_calendar(client_for: ClientFor, charlie: User, project: Project) -> None:
    assert client_for(charlie).get(f"/projects/{project.pk}/calendar/").status_code == 404


@pytest.mark.parametrize("count", [10, 200])
def test_a_calendar_costs_the_same_for_any_number_of_tasks(
    client_for: ClientFor,
    alice: User,
    project: Project,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fields = [{"title": f"Task {n}", "due_date": TODAY if n % 2 else None} for n in range(count)]
    create_tasks(actor=alice, project_id=project.pk, tasks=fields)
    client, path = client_for(alice), f"/projects/{project.pk}/calendar/?month=2026-12"
    client.get(path)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(path)


# Session and user, head, days, columns, labels, members, undated, views; the sidebar.
PAGE_QUERIES = 14
