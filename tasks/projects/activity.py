"""Say in words what has happened in a project lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from lib.text.lists import join_words
from tasks.models import Column, Project, Status, Task, TaskChange

SHOWN = 15
# In the order in which they tell of a call that changed several fields.
TELLING = ("title", "priority", "due_date", "due_at", "label_ids", "parent_id", "description")
# Changes of tasks whose latest one may be a move, which is not told.
TASKS_READ = 60


@dataclass(frozen=True, slots=True)
class Activity:
    """What a user has done with a task at once, as a sentence in HTML. Of agents without an account, nobody did it."""

    actor: User | None
    moment: datetime
    sentence: SafeString


def load_activity(project: Project) -> list[Activity]:
    """Return what was done last in a project, the newest first. Four queries."""
    latest = Task.objects.standing().filter(project=project).order_by("-version").values_list("pk", flat=True)
    changes = (
        TaskChange.objects.filter(task__in=list(latest[:TASKS_READ]))
        .select_related("actor", "task")
        .order_by("-version", "task", "-pk")
    )
    calls = [list(group) for _key, group in groupby(changes[: SHOWN * 6], lambda each: (each.version, each.task_id))]
    calls = calls[:SHOWN]
    names = {str(column.pk): column.name for column in Column.objects.filter(project=project)}
    assigned = [change for call in calls for change in call if change.field == "assignee_ids"]
    user_ids = {user_id for change in assigned for user_id in _find_changed(change)}
    names |= {str(user.pk): user.name for user in User.objects.filter(pk__in=user_ids)} if user_ids else {}
    return [_describe_call(project, call, names) for call in calls]


def _describe_call(project: Project, changes: Sequence[TaskChange], names: Mapping[str, str]) -> Activity:
    first = changes[0]
    task = format_html(
        '<a class="link" href="{}">{}-{}</a> <bdi>{}</bdi>',
        *(reverse("tasks:task", args=[first.task_id]), project.key, first.task.number, first.task.title),
    )
    actor = format_html("<b>{}</b>", first.actor.name if first.actor else _("Somebody"))
    words, value = _choose_words({change.field: change for change in changes}, names)
    return Activity(first.actor, first.created_at, format_html(words, actor=actor, task=task, value=value))


def _choose_words(changes: Mapping[str, TaskChange], names: Mapping[str, str]) -> tuple[str, str]:
    """Return a sentence with the names of its parts, and the value in it: the most telling change first."""
    if "created" in changes:
        return _("{actor} added {task}"), ""
    if (deleted := changes.get("deleted")) is not None:
        return (_("{actor} deleted {task}") if deleted.after else _("{actor} restored {task}")), ""
    if (status := changes.get("status")) is not None and Status.COMPLETED in (status.before, status.after):
        is_done = status.after == Status.COMPLETED
        return (_("{actor} completed {task}") if is_done else _("{actor} reopened {task}")), ""
    if (column := changes.get("column_id")) is not None:
        if column.after is None:
            return _("{actor} sent {task} to triage"), ""
        return _("{actor} moved {task} to {value}"), names.get(column.after, "…")
    if (assignees := changes.get("assignee_ids")) is not None:
        return _tell_assignees(assignees, names)
    return _tell_field(next((changes[field] for field in TELLING if field in changes), next(iter(changes.values()))))


def _tell_assignees(change: TaskChange, names: Mapping[str, str]) -> tuple[str, str]:
    added = [names[each] for each in change.after or () if each not in (change.before or ()) and each in names]
    removed = [names[each] for each in change.before or () if each not in (change.after or ()) and each in names]
    if added:
        return _("{actor} gave {task} to {value}"), join_words(added)
    return _("{actor} took {task} from {value}"), join_words(removed) or "…"


def _tell_field(change: TaskChange) -> tuple[str, str]:
    field, after = change.field, change.after
    if field == "title":
        return _("{actor} renamed {task}"), ""
    if field == "description":
        return _("{actor} described {task}"), ""
    if field == "label_ids":
        return _("{actor} labelled {task}"), ""
    if field == "priority":
        return _("{actor} set the priority of {task}: {value}"), str(Task.Priority(int(after or 0)).label)
    if field in ("due_date", "due_at"):
        if not after:
            return _("{actor} took the due date from {task}"), ""
        return _("{actor} made {task} due on {value}"), date_format(date.fromisoformat(after[:10]), "j M")
    if field == "parent_id":
        return _("{actor} changed what {task} is part of"), ""
    return _("{actor} changed {task}"), ""


def _find_changed(change: TaskChange) -> set[Any]:
    return set(change.before or ()) ^ set(change.after or ())
