"""Say in words what was changed of a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _

from accounts.models import User
from lib.text.lists import join_words
from tasks.models import Task, TaskChange
from tasks.work.queries import ProjectChoices

SHOWN = 100
UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who changed a task, how and when; nobody for what the server did by itself."""

    actor: User | None
    words: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Names:
    """What ids in a history stand for. What has been deleted since has no name."""

    columns: Mapping[str, str]
    users: Mapping[str, str]
    labels: Mapping[str, str]
    tasks: Mapping[str, str]


def load_history(task: Task, choices: ProjectChoices) -> list[HistoryLine]:
    """Return what was changed of a task, the latest first. Three queries at most."""
    changes = TaskChange.objects.filter(task=task).select_related("actor").order_by("-version", "-pk")[:SHOWN]
    shown = list(changes)
    names = _load_names(shown, choices)
    lines = ((change, describe_change(change, names)) for change in shown)
    return [HistoryLine(change.actor, words, change.created_at) for change, words in lines if words]


def describe_change(change: TaskChange, names: Names) -> str:
    """Return what a change was, as the rest of a sentence that begins with who made it; empty for a detail."""
    before, after = change.before, change.after
    if change.field == "deleted":
        return _("deleted the task") if after else _("restored the task")
    if change.field in ("assignee_ids", "label_ids"):
        return _describe_sets(change.field, before or [], after or [], names)
    if change.field in TEXTS:
        return str(TEXTS[change.field]())
    if change.field in VALUES:
        return _describe_value(change.field, before, after, names)
    return ""


# Of which what stood there before is too long, or says nothing.
TEXTS: dict[str, Any] = {
    "created": lambda: _("created the task"),
    "description": lambda: _("changed the description"),
    "recurrence": lambda: _("changed how it recurs"),
    "snoozed_until": lambda: _("changed until when it is snoozed"),
    "time_spent": lambda: _("changed the time spent on it"),
    "asset_ids": lambda: _("changed its files"),
    "relation": lambda: _("changed its relations"),
}
VALUES: dict[str, Any] = {
    "title": lambda: ("", "", _("changed the title from %(before)s to %(after)s")),
    "column_id": lambda: (
        _("put it into %(after)s"),
        _("moved it from %(before)s into the triage"),
        _("moved it from %(before)s to %(after)s"),
    ),
    "priority": lambda: ("", "", _("changed the priority from %(before)s to %(after)s")),
    "due_date": lambda: (
        _("set the due date to %(after)s"),
        _("removed the due date %(before)s"),
        _("moved the due date from %(before)s to %(after)s"),
    ),
    "start_date": lambda: (
        _("set the start to %(after)s"),
        _("removed the start %(before)s"),
        _("moved the start from %(before)s to %(after)s"),
    ),
    "estimate": lambda: (
        _("estimated it at %(after)s"),
        _("removed the estimate of %(before)s"),
        _("changed the estimate from %(before)s to %(after)s"),
    ),
    "parent_id": lambda: (
        _("made it part of %(after)s"),
        _("took it out of %(before)s"),
        _("moved it from %(before)s to %(after)s"),
    ),
}


def _describe_value(field: str, before: Any, after: Any, names: Names) -> str:
    was_set, was_removed, was_changed = VALUES[field]()
    words = {"before": _name_value(field, before, names), "after": _name_value(field, after, names)}
    text = was_set if before is None else was_removed if after is None else was_changed
    return str(text % words)


def _name_value(field: str, value: Any, names: Names) -> str:
    if value is None:
        return ""
    if field == "title":
        return f"“{value}”"
    if field == "priority":
        return str(Task.Priority(value).label)
    if field == "estimate":
        return describe_duration(value)
    if field in ("due_date", "start_date"):
        return format_date(date.fromisoformat(value), _("j M Y"))
    return (names.columns if field == "column_id" else names.tasks).get(str(value), UNKNOWN)


def describe_duration(seconds: int) -> str:
    """Return a duration in hours and minutes: `2 h 30 min`."""
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [_("%(count)s h") % {"count": hours}] if hours else []
    parts += [_("%(count)s min") % {"count": minutes}] if minutes or not hours else []
    return " ".join(parts)


def _describe_sets(field: str, before: Sequence[str], after: Sequence[str], names: Names) -> str:
    known = names.users if field == "assignee_ids" else names.labels
    added = [known.get(each, UNKNOWN) for each in after if each not in before]
    removed = [known.get(each, UNKNOWN) for each in before if each not in after]
    if field == "assignee_ids":
        words = (_("assigned it to %(names)s"), _("took it from %(names)s"))
    else:
        words = (_("added the label %(names)s"), _("removed the label %(names)s"))
    parts = [text % {"names": join_words(each)} for text, each in zip(words, (added, removed), strict=True) if each]
    return join_words(parts) if parts else ""


def _load_names(changes: Iterable[TaskChange], choices: ProjectChoices) -> Names:
    users, parents = set[str](), set[str]()
    for change in changes:
        if change.field == "assignee_ids":
            users |= {*(change.before or []), *(change.after or [])}
        elif change.field == "parent_id":
            parents |= {each for each in (change.before, change.after) if each}
    known = {str(member.pk): member.name for member in choices.members}
    others = [UUID(each) for each in users - known.keys()]
    rows = User.objects.filter(pk__in=others).values_list("pk", "name") if others else []
    titles = Task.objects.filter(pk__in=map(UUID, parents)).values_list("pk", "title") if parents else []
    return Names(
        columns={str(column.pk): column.name for column in choices.columns},
        users=known | {str(pk): name for pk, name in rows},
        labels={str(label.pk): label.name for label in choices.labels},
        tasks={str(pk): f"“{title}”" for pk, title in titles},
    )
