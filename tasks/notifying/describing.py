"""Describe notifications about tasks to their readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from accounts.models import User
from lib.text.time_zones import find_zone
from notifications.kinds import Description
from notifications.models import Notification
from tasks.models import Task
from tasks.notifying.names import ASSIGNED, DUE
from tasks.notifying.seeing import list_task_ids

# Of several tasks, so many are named.
MAX_NAMED = 3


def describe_tasks(rows: Sequence[Notification], reader: User) -> list[Description | None]:
    """Describe what has happened to tasks, as they are now. One query."""
    ids = {task_id for row in rows for task_id in list_task_ids(row)}
    found: dict[UUID, Task] = Task.objects.visible_to(reader).select_related("project__organisation").in_bulk(ids)
    return [_describe_one(row, found, reader) for row in rows]


def _describe_one(row: Notification, found: Mapping[UUID, Task], reader: User) -> Description | None:
    tasks = [found[task_id] for task_id in list_task_ids(row) if task_id in found]
    if not tasks:
        return None
    named = [task.title for task in tasks[:MAX_NAMED]]
    text = ", ".join(named) if len(tasks) <= MAX_NAMED else f"{', '.join(named)} …"
    if row.kind == DUE:
        return Description(_title_due(tasks, reader), text, _find_url(tasks, row), len(tasks))
    said = {
        "name": row.actor.name if row.actor else gettext("Atrium"),
        "key": f"{tasks[0].project.key}-{tasks[0].number}",
        "project": tasks[0].project.name,
        "number": len(tasks),
    }
    title = _title_assigned(len(tasks)) if row.kind == ASSIGNED else _title_status(tasks)
    return Description(title % said, text, _find_url(tasks, row), len(tasks))


def _find_url(tasks: Sequence[Task], row: Notification) -> str:
    if len(tasks) == 1:
        return tasks[0].get_absolute_url()
    if row.kind == DUE:
        return reverse("tasks:my_tasks", args=[tasks[0].project.organisation.slug])
    return tasks[0].project.get_absolute_url()


def _title_assigned(number: int) -> str:
    if number == 1:
        return gettext("%(name)s assigned you %(key)s")
    return gettext("%(name)s assigned you %(number)s tasks in %(project)s")


def _title_status(tasks: Sequence[Task]) -> str:
    is_one = len(tasks) == 1
    if all(task.is_completed for task in tasks):
        if is_one:
            return gettext("%(name)s completed %(key)s")
        return gettext("%(name)s completed %(number)s tasks in %(project)s")
    if is_one:
        return gettext("%(name)s opened %(key)s again")
    return gettext("%(name)s opened %(number)s tasks in %(project)s again")


def _title_due(tasks: Sequence[Task], reader: User) -> str:
    if len(tasks) > 1:
        return gettext("%(number)s tasks are due") % {"number": len(tasks)}
    task, zone = tasks[0], find_zone(reader.time_zone)
    said = {"key": f"{task.project.key}-{task.number}", "when": _name_due(task.due_date, task.due_at, reader)}
    is_over = task.due_date is not None and task.due_date < timezone.localdate(timezone=zone)
    return (gettext("%(key)s was due on %(when)s") if is_over else gettext("%(key)s is due: %(when)s")) % said


def _name_due(day: date | None, moment: datetime | None, reader: User) -> str:
    if moment is not None:
        local = timezone.localtime(moment, find_zone(reader.time_zone))
        if local.date() == timezone.localdate(timezone=find_zone(reader.time_zone)):
            return time_format(local.time(), "TIME_FORMAT")
        return date_format(local, "SHORT_DATETIME_FORMAT")
    if day == timezone.localdate(timezone=find_zone(reader.time_zone)):
        return gettext("today")
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
