"""Write tasks as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Component, Event, Todo, vDDDLists, vDuration, vRecur

from accounts.models import User
from lib.text.time_zones import find_zone
from lib.web.site import get_site_host, get_site_origin
from tasks.models import Status, Task
from tasks.work.queries import with_details
from tasks.work.rules import find_end
from tasks.work.schemas import PRIORITIES

MAX_TASKS = 2000
# How long something with a time and without an estimate takes in the calendar.
USUAL_LENGTH = timedelta(minutes=30)
REFRESH = timedelta(hours=1)
PAST, FUTURE = timedelta(days=2 * 366), timedelta(days=10 * 366)
# RFC 5545, section 3.8.1.9: 1 is the highest, 9 the lowest, 0 none.
ICAL_PRIORITIES = dict(zip(PRIORITIES, (0, 9, 5, 3, 1), strict=True))
ICAL_STATUSES = {Status.PENDING: "NEEDS-ACTION", Status.IN_PROGRESS: "IN-PROCESS"}


def build_calendar(*, user: User, with_todos: bool) -> bytes:
    """Return the calendar of a user: the open tasks that are due on a day and that they are an assignee of.

    Events, since calendars on the web leave out tasks; with `with_todos` as tasks too, for those that show them.
    Four queries.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Atrium//Tasks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext("Tasks of %(name)s") % {"name": user.name})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    # Of a property that it does not know, icalendar 6 writes a timedelta as Python does: `1:00:00`.
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for task in _find_tasks(user):
        calendar.add_component(_build_event(task))
        if with_todos:
            calendar.add_component(_build_todo(task))
    _add_zones(calendar)
    return calendar.to_ical()


def _add_zones(calendar: Calendar) -> None:
    """Describe the zones of a calendar for the years that matter, each change of their clocks on a line of its own."""
    today = timezone.localdate()
    calendar.add_missing_timezones(first_date=today - PAST, last_date=today + FUTURE)
    for zone in calendar.walk("VTIMEZONE"):
        for part in zone.subcomponents:
            if (dates := part.get("rdate")) is not None:
                # Of several on one line ical.js 2.2, on which Thunderbird is built, reads the first alone.
                part["rdate"] = [vDDDLists([each.dt]) for each in dates.dts]


def _find_tasks(user: User) -> Iterable[Task]:
    tasks = Task.objects.visible_to(user).assigned_to(user).open().exclude(due_date=None)
    return with_details(tasks).filter(project__archived_at=None).order_by("due_date", "pk")[:MAX_TASKS]


def _build_event(task: Task) -> Event:
    event = Event()
    _describe_task(event, task, "event")
    if task.due_at is not None:
        begin = _localize_moment(task, task.due_at)
        event.add("dtstart", begin)
        event.add("dtend", begin + (timedelta(seconds=task.estimate) if task.estimate else USUAL_LENGTH))
    else:
        last = task.due_date or date.max
        # A day alone ends where the next one begins (RFC 5545, section 3.6.1).
        event.add("dtstart", task.start_date or last)
        event.add("dtend", last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if task.recurrence and task.repetition == Task.Repetition.WHEN_DUE:
        event.add("rrule", _build_rule(task))
    return event


def _build_rule(task: Task) -> vRecur:
    """Return the rule of a series; its UNTIL is a moment in UTC or a day, as its begin is (RFC 5545, 3.3.10)."""
    rule = vRecur.from_ical(task.recurrence)
    zone = find_zone(task.time_zone) or ZoneInfo("UTC")
    if (until := find_end(task.recurrence, zone)) is not None:
        rule["UNTIL"] = [until.replace(tzinfo=zone).astimezone(UTC) if task.due_at else until.date()]
    return rule


def _build_todo(task: Task) -> Todo:
    todo = Todo()
    _describe_task(todo, task, "todo")
    if task.start_date:
        todo.add("dtstart", _localize_moment(task, task.start_at) if task.start_at and task.due_at else task.start_date)
    todo.add("due", _localize_moment(task, task.due_at) if task.due_at else task.due_date)
    todo.add("status", ICAL_STATUSES[Status(task.status)])
    return todo


def _describe_task(component: Component, task: Task, kind: str) -> None:
    component.add("uid", f"{task.pk}-{kind}@{get_site_host()}")
    component.add("dtstamp", task.updated_at)
    component.add("last-modified", task.updated_at)
    component.add("created", task.created_at)
    component.add("sequence", task.version)
    component.add("summary", f"{task.project.key}-{task.number} {task.title}")
    component.add("url", f"{get_site_origin()}{task.get_absolute_url()}")
    component.add("priority", ICAL_PRIORITIES[PRIORITIES[task.priority]])
    if task.description:
        component.add("description", task.description)
    if labels := [each.label.name for each in task.task_labels.all()]:
        component.add("categories", labels)


def _localize_moment(task: Task, moment: datetime) -> datetime:
    """Return a moment in the zone in which it was chosen: what repeats stays at the same time there."""
    return moment.astimezone(find_zone(task.time_zone) or ZoneInfo("UTC"))
