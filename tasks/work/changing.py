"""Apply the fields that a client has chosen to a task, each recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.text.names import clean_line
from lib.text.time_zones import find_zone, list_valid_zones
from lib.web.schemas import to_timestamp
from tasks.models import Label, Task, TaskAssignee, TaskLabel, TaskWatcher
from tasks.permissions import require_members
from tasks.work.placing import PLACED_FIELDS, find_column, first_column, place_tasks, set_column
from tasks.work.recording import Recording
from tasks.work.rules import clean_rule

MAX_DEPTH = 5
# Days beyond are typing errors, and near the ends of Python's calendar nothing can be counted.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
SIMPLE = (
    "description",
    "priority",
    "estimate",
    "external_id",
    "recurrence",
    "repetition",
    "snoozed_until",
    "time_zone",
)
DATES = ("start_date", "start_at", "due_date", "due_at")
SAVED = ("title", *SIMPLE, *DATES, "parent", *PLACED_FIELDS)


def apply_changes(recording: Recording, task: Task, changes: Mapping[str, Any]) -> None:
    """Set the fields of a task that are given, and its assignees and labels. Raise ValidationError for what can't be.

    The caller saves the task. A new one has to be stored before its assignees and labels are.
    """
    if "title" in changes:
        _set_field(recording, task, "title", clean_title(changes["title"]))
    if changes.get("time_zone") and changes["time_zone"] not in list_valid_zones():
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    if "recurrence" in changes:
        changes = {**changes, "recurrence": clean_rule(changes["recurrence"])}
    for name in SIMPLE:
        if name in changes:
            _set_field(recording, task, name, changes[name])
    _set_dates(recording, task, changes)
    if "parent_id" in changes:
        _set_parent(recording, task, changes["parent_id"])
    if "column_id" in changes or "status" in changes:
        _change_column(recording, task, changes)


def apply_people_and_labels(recording: Recording, task: Task, changes: Mapping[str, Any]) -> None:
    """Set the assignees and labels of a stored task, where they are given. Four queries for each at most."""
    if (user_ids := changes.get("assignee_ids")) is not None:
        require_members(recording.project, user_ids, field="assignee_ids")
        added = _replace_links(recording, task, "assignee_ids", TaskAssignee, "user_id", user_ids)
        if added:
            TaskWatcher.objects.bulk_create(
                (TaskWatcher(task=task, user_id=each) for each in added), ignore_conflicts=True
            )
            recording.note_assigned(task, added)
    if (label_ids := changes.get("label_ids")) is not None:
        _require_labels(recording, label_ids)
        _replace_links(recording, task, "label_ids", TaskLabel, "label_id", label_ids)


def clean_title(text: str) -> str:
    """Return a title in one line. Raise ValidationError for an empty one."""
    title = clean_line(text, field="title")
    if not title:
        raise ValidationError({"title": _("This can't be empty.")})
    return title


def _set_field(recording: Recording, task: Task, name: str, value: Any) -> None:
    if recording.note(task, name, to_json(getattr(task, name)), to_json(value)):
        setattr(task, name, value)


def _set_dates(recording: Recording, task: Task, changes: Mapping[str, Any]) -> None:
    """Set days and times: a time implies its day in the zone of the task, a day alone takes the time away."""
    if not any(name in changes for name in DATES):
        return
    _require_known_days(changes)
    zone = _choose_zone(recording.actor, task, changes)
    for day, moment in (("start_date", "start_at"), ("due_date", "due_at")):
        if changes.get(moment) is not None:
            _set_field(recording, task, moment, changes[moment])
            _set_field(recording, task, day, changes[moment].astimezone(find_zone(zone)).date())
            _set_field(recording, task, "time_zone", zone)
        elif moment in changes or day in changes:
            _set_field(recording, task, moment, None)
            if day in changes:
                _set_field(recording, task, day, changes[day])
    if task.start_date and task.due_date and task.start_date > task.due_date:
        raise ValidationError({"start_date": _("A task can't start after it is due.")})
    if task.start_at and task.due_at and task.start_at > task.due_at:
        raise ValidationError({"start_at": _("A task can't start after it is due.")})


def _require_known_days(changes: Mapping[str, Any]) -> None:
    """Raise ValidationError for days before 1900 and after 2199."""
    for name in DATES:
        value = changes.get(name)
        if value is not None and not FIRST_DAY <= (value.date() if isinstance(value, datetime) else value) <= LAST_DAY:
            raise ValidationError({name: _("Choose a day between 1900 and 2199.")})


def _choose_zone(actor: User | None, task: Task, changes: Mapping[str, Any]) -> str:
    return str(changes.get("time_zone") or task.time_zone or (actor.time_zone if actor else "") or "UTC")


def _set_parent(recording: Recording, task: Task, parent_id: UUID | None) -> None:
    """Make a task a sub-task of another one of its project. Raise ValidationError for a circle, and too deep a tree."""
    ancestor: Task | None = None
    if parent_id is not None:
        ancestor = Task.objects.standing().filter(project=recording.project, pk=parent_id).first()
        if ancestor is None:
            raise ValidationError({"parent_id": _("There is no such task in this project.")})
    depth, parent = 1, ancestor
    while ancestor is not None:
        if ancestor.pk == task.pk:
            raise ValidationError({"parent_id": _("A task can't be part of itself.")})
        depth += 1
        if depth > MAX_DEPTH:
            raise ValidationError({"parent_id": _("Sub-tasks can't go that deep.")})
        ancestor = ancestor.parent
    recording.note(task, "parent_id", to_json(task.parent_id), to_json(parent_id))
    task.parent = parent


def _change_column(recording: Recording, task: Task, changes: Mapping[str, Any]) -> None:
    """Put a task at the end of the chosen column, or of the first of the chosen status unless it has that already."""
    if "column_id" in changes:
        column = find_column(recording.project, changes["column_id"])
        wanted = changes.get("status")
        if wanted is not None and wanted != (column.status if column else "pending"):
            raise ValidationError({"status": _("The column has another status.")})
        if column == task.column:
            return
    elif changes["status"] == task.status and task.column_id:
        return
    else:
        column = first_column(recording.project, changes["status"])
    set_column(recording, task, column)
    place_tasks(recording, [task], column)


def _require_labels(recording: Recording, label_ids: Collection[UUID]) -> None:
    wanted = set(label_ids)
    if wanted and Label.objects.filter(project=recording.project, pk__in=wanted).count() < len(wanted):
        raise ValidationError({"label_ids": _("There is no such label in this project.")})


def _replace_links(
    recording: Recording, task: Task, name: str, model: Any, column: str, ids: Collection[UUID]
) -> list[UUID]:
    """Make the rows that link a task to users or labels those of `ids`; return those that are new."""
    former = set(model.objects.filter(task=task).values_list(column, flat=True))
    wanted = set(ids)
    if recording.note(task, name, sorted(map(str, former)), sorted(map(str, wanted))):
        model.objects.filter(task=task, **{f"{column}__in": former - wanted}).delete()
        added = [each for each in dict.fromkeys(ids) if each not in former]
        model.objects.bulk_create(model(task=task, **{column: each}) for each in added)
        return added
    return []


def to_json(value: Any) -> Any:
    """Return a value as the history and REST have it."""
    if isinstance(value, datetime):
        return to_timestamp(value)
    if isinstance(value, date | UUID):
        return str(value)
    return value
