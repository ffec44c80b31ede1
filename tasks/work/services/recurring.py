"""Make the next tasks of series: once one is completed, or once it is due."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from chat.models import RoomMember
from lib.text.markdown.task_lists import untick_tasks
from lib.text.time_zones import UTC as UTC_NAME
from lib.text.time_zones import find_zone
from lib.text.wall_times import resolve_wall_time
from tasks.models import Column, Project, Status, Task, TaskAssignee, TaskLabel
from tasks.work.recording import Recording
from tasks.work.rules import HORIZON, find_next_occurrence
from tasks.work.services.creating import store_task

SAME = ("title", "priority", "estimate", "time_zone")


class NextTime(NamedTuple):
    """When the next task of a series is due, by which rule it goes on, and how many days later that is."""

    wall: datetime
    rule: str
    days: timedelta
    zone: ZoneInfo


def finish_changes(recording: Recording) -> None:
    """Make the next tasks of the series of which a call has completed one, and save what is recorded.

    What is completed again makes no second one.
    """
    for task in recording.completed:
        if task.recurrence and task.repetition == Task.Repetition.AFTER_COMPLETION:
            make_next_task(recording, task)
    recording.save()


@transaction.atomic
def continue_series(project_id: UUID, task_id: UUID) -> None:
    """Make the next task of a series whose last one is due, once. A series that has ended is one no longer."""
    task = _lock_series(project_id, task_id)
    if task is not None:
        recording = Recording(None, task.project)
        if make_next_task(recording, task) is None:
            _close_series(recording, task)
        recording.save()


@transaction.atomic
def end_series(project_id: UUID, task_id: UUID) -> None:
    """End a series of which no next task can be made, so that nobody tries for ever; its history tells so."""
    task = _lock_series(project_id, task_id)
    if task is not None:
        recording = Recording(None, task.project)
        _close_series(recording, task)
        recording.save()


def _lock_series(project_id: UUID, task_id: UUID) -> Task | None:
    """Return the last task of a series that goes on, its project locked; None where that has changed meanwhile."""
    project = Project.objects.standing().filter(archived_at=None).locked().filter(pk=project_id).first()
    rows = Task.objects.standing().filter(pk=task_id, project=project_id, next_recurrence=None)
    task: Task | None = rows.exclude(recurrence="").first()
    if project is None or task is None:
        return None
    task.project = project
    return task


def _close_series(recording: Recording, task: Task) -> None:
    recording.note(task, "recurrence", task.recurrence, "")
    task.recurrence = ""
    task.save(update_fields=["recurrence", "version", "updated_at"])


def make_next_task(recording: Recording, task: Task) -> Task | None:
    """Store the next task of a series with its sub-tasks; None where there is one already, or none to come.

    The project is locked.
    """
    coming = find_next_time(task, timezone.now())
    if coming is None or Task.objects.filter(recurred_from=task).exists():
        return None
    column = Column.objects.filter(project=recording.project, status=Status.PENDING).order_by("position", "pk").first()
    fields = _copy_fields(recording.project, task, coming) | {
        "column_id": column.pk if column else None,
        "parent_id": task.parent_id if task.parent and task.parent.deleted_at is None else None,
        "recurrence": coming.rule,
        "repetition": task.repetition,
        **_name_time(task, coming),
    }
    made = store_task(recording, fields, is_news=False)
    made.recurred_from = task
    made.wall_time = _find_wall_time(coming, made)
    made.save(update_fields=["recurred_from", "wall_time"])
    _copy_subtasks(recording, task, made, coming, column)
    return made


def find_next_time(task: Task, now: datetime) -> NextTime | None:
    """Return when the next task of a series is due: by its rule, after this one and after now; what was missed is left.

    What has no date counts from today on.
    """
    zone = find_series_zone(task)
    today = now.astimezone(zone).replace(tzinfo=None)
    is_timed = bool(task.due_at or (not task.due_date and task.start_at))
    start = _find_wall(task, zone) or datetime.combine(today, time())
    after = today if is_timed else datetime.combine(today, time())
    found = find_next_occurrence(task.recurrence, start=start, after=max(start, after), zone=zone)
    if found is None:
        return None
    return NextTime(found.wall, found.rule, found.wall.date() - start.date(), zone)


def find_series_zone(task: Task) -> ZoneInfo:
    """Return the time zone by whose clocks a task recurs: that of its times, or of who has created it."""
    name = task.time_zone or (task.creator.time_zone if task.creator else "")
    return find_zone(name) or ZoneInfo(UTC_NAME)


def _find_wall(task: Task, zone: ZoneInfo) -> datetime | None:
    """Return what the clock is to show when a task is due, or else begins: what a clock change has moved, as it was."""
    moment, day = (task.due_at, task.due_date) if task.due_date else (task.start_at, task.start_date)
    if moment is None:
        return datetime.combine(day, time()) if day else None
    shown = moment.astimezone(zone).replace(tzinfo=None)
    if task.wall_time is not None:
        meant = datetime.combine(shown.date(), task.wall_time)
        if resolve_wall_time(meant, zone) == moment:
            return meant
    return shown


def _name_time(task: Task, coming: NextTime) -> dict[str, date | datetime]:
    """Return by which field the next task of a series is at its time."""
    name = "start" if task.start_date and not task.due_date else "due"
    if getattr(task, f"{name}_at") is not None:
        return {f"{name}_at": resolve_wall_time(coming.wall, coming.zone)}
    return {f"{name}_date": coming.wall.date()}


def _find_wall_time(coming: NextTime, made: Task) -> time | None:
    moment = made.due_at or made.start_at
    if moment is None or moment.astimezone(coming.zone).replace(tzinfo=None) == coming.wall:
        return None
    return coming.wall.time()


def _copy_fields(project: Project, task: Task, coming: NextTime) -> dict[str, Any]:
    """Return what a new task has of another one, its dates moved."""
    fields = {name: getattr(task, name) for name in SAME}
    people = TaskAssignee.objects.filter(task=task, user__is_active=True).order_by("pk")
    people = people.filter(user__in=RoomMember.objects.filter(room=project.pk).values("user"))
    return fields | {
        "description": untick_tasks(task.description),
        "creator": task.creator,
        "assignee_ids": list(people.values_list("user", flat=True)),
        "label_ids": list(TaskLabel.objects.filter(task=task).order_by("pk").values_list("label", flat=True)),
        **_move_dates(task, coming),
    }


def _move_dates(task: Task, coming: NextTime) -> dict[str, date | datetime | None]:
    """Return the dates of a task so many days later, in 2199 at the latest; the clock shows the same times then."""
    moved: dict[str, date | datetime | None] = {}
    for name in ("start", "due"):
        moment, day = getattr(task, f"{name}_at"), getattr(task, f"{name}_date")
        if moment is not None:
            wall = moment.astimezone(coming.zone).replace(tzinfo=None) + coming.days
            moved[f"{name}_at"] = resolve_wall_time(min(wall, HORIZON), coming.zone)
        elif day is not None:
            moved[f"{name}_date"] = min(day + coming.days, HORIZON.date())
    return moved


def _copy_subtasks(recording: Recording, task: Task, made: Task, coming: NextTime, column: Column | None) -> None:
    """Store copies of the sub-tasks of all depths below the next task, all to do again. They are no series."""
    pairs = [(task, made)]
    while pairs:
        old, new = pairs.pop()
        for child in Task.objects.standing().filter(parent=old).select_related("creator").in_order():
            fields = _copy_fields(recording.project, child, coming)
            fields |= {"column_id": column.pk if column else None, "parent_id": new.pk}
            pairs.append((child, store_task(recording, fields, is_news=False)))
