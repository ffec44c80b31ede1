"""Tasks in other calendars: who reads them, and that other programs read the days and times that were chosen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, User
from chat.models import RoomMember
from tasks.feeds.calendar import build_calendar
from tasks.feeds.services import open_feed, revoke_feed
from tasks.models import Label, Project, Task
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.updating import complete_task
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")


def read(user: User, *, with_todos: bool = False) -> Calendar:
    return Calendar.from_ical(build_calendar(user=user, with_todos=with_todos))


def add_task(user: User, project: Project, **fields: Any) -> Task:
    return create_task(actor=user, project_id=project.pk, assignee_ids=[user.pk], **{"title": "Paint"} | fields)


def test_a_day_is_a_whole_day_and_a_time_is_in_the_zone_it_was_chosen_in(alice: User, project: Project) -> None:
    label = Label.objects.create(project=project, name="hull")
    add_task(alice, project, title="a, b; c\nd", start_date=DAY, due_date=DAY + timedelta(days=2), label_ids=[label.pk])
    moment = datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    add_task(alice, project, due_at=moment, time_zone="Europe/Berlin", estimate=3600, description="*Blue*", priority=4)

    first, second = read(alice).walk("VEVENT")

    assert (first["summary"], first.start, first.end) == ("ATR-1 a, b; c d", DAY, DAY + timedelta(days=3))
    assert first["categories"].cats == ["hull"]
    assert (second.start, second.end - second.start) == (moment, timedelta(hours=1))
    assert (second.start.tzinfo.key, second.start.hour) == ("Europe/Berlin", 9)
    assert (second["description"], second["priority"]) == ("*Blue*", 1)
    assert [zone["tzid"] for zone in read(alice).walk("VTIMEZONE")] == ["Europe/Berlin"]


@pytest.mark.parametrize("zone", ZONES)
def test_what_repeats_stays_at_its_time_across_both_clock_changes(alice: User, project: Project, zone: str) -> None:
    nine = datetime.combine(date(2026, 1, 5), time(9), ZoneInfo(zone))
    add_task(
        alice, project, due_at=nine.astimezone(UTC), time_zone=zone, recurrence="FREQ=WEEKLY;COUNT=52", repetition="due"
    )

    events = recurring_ical_events.of(read(alice)).between(date(2026, 1, 1), date(2027, 1, 1))

    times = [event.start.astimezone(ZoneInfo(zone)) for event in events]
    assert len(times) == 52
    assert {moment.time() for moment in times} == {time(9)}
    assert [moment.date() for moment in times] == [date(2026, 1, 5) + timedelta(weeks=n) for n in range(52)]
    assert len({moment.utcoffset() for moment in times}) == 2
    # Parsers of JavaScript read one date of each line alone.
    changes = [line for line in build_calendar(user=alice, with_todos=False).splitlines() if line.startswith(b"RDATE")]
    assert len(changes) > 10
    assert not any(b"," in line for line in changes)


def test_only_open_tasks_of_ones_own_with_a_day_are_in_it(alice: User, bob: User, project: Project) -> None:
    add_task(alice, project, title="undated")
    done = add_task(alice, project, title="done", due_date=DAY)
    complete_task(actor=alice, task_id=done.pk)
    create_task(actor=alice, project_id=project.pk, title="of Bob", assignee_ids=[bob.pk], due_date=DAY)
    kept = add_task(alice, project, title="kept", due_date=DAY)

    calendar = read(alice, with_todos=True)

    assert [event["summary"] for event in calendar.walk("VEVENT")] == [f"ATR-{kept.number} kept"]
    [todo] = calendar.walk("VTODO")
    assert (todo["due"].dt, todo["status"]) == (DAY, "NEEDS-ACTION")
    assert not read(alice).walk("VTODO")


def test_who_has_left_the_project_reads_nothing_of_it(alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[bob.pk], due_date=DAY)
    assert len(read(bob).walk("VEVENT")) == 1

    RoomMember.objects.filter(room=project.pk, user=bob).delete()

    assert not read(bob).walk("VEVENT")


def test_a_calendar_costs_the_same_for_few_and_many(
    alice: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (2, 40):
        fields = {"title": "a", "due_date": DAY, "assignee_ids": [alice.pk]}
        create_tasks(actor=alice, project_id=project.pk, tasks=[fields] * count)
        with django_assert_num_queries(3):
            build_calendar(user=alice, with_todos=True)


def test_a_key_opens_the_feed_until_it_is_replaced_or_revoked(api_for: ApiFor, alice: User, project: Project) -> None:
    add_task(alice, project, due_date=DAY)
    api, anonymous = api_for(alice), api_for(None)
    assert api.call("GET", "/me/calendar-feed").json() == {"created_at": None, "last_read_at": None}

    opened = api.call("POST", "/me/calendar-feed")
    first = opened.json()
    assert (opened.status_code, opened["Cache-Control"]) == (201, "no-store")
    answer = anonymous.get(first["url"].partition("/api/")[1] + first["url"].partition("/api/")[2])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"ATR-1 Paint" in answer.content
    assert api.call("GET", "/me/calendar-feed").json()["last_read_at"]
    path = f"/me/tasks.ics?key={first['key']}"
    assert anonymous.call("GET", path, **{"If-None-Match": answer["ETag"]}).status_code == 304

    second = api.call("POST", "/me/calendar-feed").json()
    assert anonymous.call("GET", path).status_code == 404
    assert api.call("DELETE", "/me/calendar-feed").status_code == 204
    assert anonymous.call("GET", f"/me/tasks.ics?key={second['key']}").status_code == 404
    assert anonymous.call("GET", "/me/tasks.ics").status_code == 422


def test_who_opened_and_revoked_a_feed_is_recorded(alice: User) -> None:
    open_feed(actor=alice)
    open_feed(actor=alice)
    revoke_feed(actor=alice)

    entries = AuditEntry.objects.filter(table_name="tasks_calendarfeed").order_by("pk")
    assert [(entry.user, entry.action) for entry in entries] == [
        (alice, action) for action in ("create", "delete", "create", "delete")
    ]


def test_the_feed_of_a_deactivated_user_is_closed(api_for: ApiFor, alice: User) -> None:
    key = open_feed(actor=alice)
    alice.is_active = False
    alice.save()

    assert api_for(None).call("GET", f"/me/tasks.ics?key={key}").status_code == 404
