"""Decide what becomes of the tasks of a file in a project. A dry run stops here, so it says what a run does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.models import User
from chat.imports.notes import Notes
from lib.text.folding import fold_text
from tasks.imports.descriptions import write_description
from tasks.imports.matching import find_existing
from tasks.imports.people import People
from tasks.imports.source import Source, SourceTask
from tasks.imports.values import choose_zone, clean_text, guess_status
from tasks.models import MAX_COLUMNS, MAX_LABELS, MAX_TITLE, Column, Label, Project, Status
from tasks.work.changing import MAX_DEPTH

MAX_NAME = 60


class PlannedTask(NamedTuple):
    """A task to store: its fields but for ids that are not known yet. `column` is a folded name, empty for none.

    `labels` are folded names, `parent` is the external id of another task.
    """

    external_id: str
    fields: dict[str, Any]
    column: str
    status: str
    labels: list[str]
    parent: str
    time_spent: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is stored: columns with their status and labels with their colour that are missing, then the tasks."""

    columns: list[tuple[str, str]]
    labels: list[tuple[str, str]]
    tasks: list[PlannedTask]


class Planner:
    """Plans the import of what a file has into a project, for a user whose clock its times are shown by."""

    def __init__(self, project: Project, actor: User, source: Source) -> None:
        self.project, self.source, self.notes = project, source, source.notes
        self._zone = choose_zone(actor)
        self._people = People(project)
        rows = Column.objects.filter(project=project).order_by("position", "pk").values_list("name", "status")
        self._statuses: dict[str, str] = {}
        for name, status in rows:
            self._statuses.setdefault(fold_text(name), status)
        self._column_count = len(rows)
        names = Label.objects.filter(project=project).values_list("name", flat=True)
        self._labels = {fold_text(name) for name in names}
        self._new_columns: list[tuple[str, str]] = []
        self._new_labels: list[tuple[str, str]] = []

    def plan(self) -> Plan:
        """Return what is to be stored, parents before their sub-tasks."""
        for name, status in self.source.columns.items():
            self._add_column(name, status)
        tasks = _drop_repeated(self.source.tasks, self.notes)
        parents = find_parents(tasks, self.notes)
        planned = [self._plan_task(task, parents.get(task.external_id, "")) for task in tasks]
        by_id = {task.external_id: task for task in planned}
        ordered: dict[str, PlannedTask] = {}
        for task in planned:
            line = [task]
            while line[-1].parent and line[-1].parent not in ordered:
                line.append(by_id[line[-1].parent])
            ordered.update((each.external_id, each) for each in reversed(line))
        return Plan(self._new_columns, self._new_labels, list(ordered.values()))

    def _add_column(self, name: str, status: str) -> None:
        shown = _clean_name(name)
        if not shown or fold_text(shown) in self._statuses:
            return
        if self._column_count + len(self._new_columns) >= MAX_COLUMNS:
            self.notes.add("too_many_columns", shown)
            return
        self._statuses[fold_text(shown)] = status or guess_status(shown)
        self._new_columns.append((shown, self._statuses[fold_text(shown)]))

    def _plan_task(self, task: SourceTask, parent: str) -> PlannedTask:
        full_title = _clean_line(task.title)
        title = full_title or _("Untitled")
        if len(title) > MAX_TITLE:
            self.notes.add("title_cut", title)
            title = f"{title[: MAX_TITLE - 1]}…"
        fields: dict[str, Any] = {
            "title": title,
            "description": write_description(task, self.notes, full_title=full_title if title != full_title else ""),
            "priority": task.priority,
            "estimate": task.estimate,
            "assignee_ids": self._people.find_users(task.people, self.notes),
            **self._plan_dates(task),
        }
        column, status = self._choose_column(task)
        labels = [folded for name in task.labels if (folded := self._add_label(name))]
        given = {name: value for name, value in fields.items() if value not in (None, "", [])}
        return PlannedTask(
            task.external_id, given, column, status, list(dict.fromkeys(labels)), parent, task.time_spent
        )

    def _choose_column(self, task: SourceTask) -> tuple[str, str]:
        """Return the folded name of a column and the status; without a name, it is the first one of that status."""
        column = fold_text(_clean_name(task.column))
        status = self._statuses.get(column, "")
        if task.is_archived and status != Status.COMPLETED:
            self.notes.add("archived_completed", task.title)
        elif task.is_completed and status and status != Status.COMPLETED:
            self.notes.add("completed_moved", task.title)
        if (task.is_archived or task.is_completed) and status != Status.COMPLETED:
            return "", Status.COMPLETED
        return (column, status) if status else ("", task.status or Status.PENDING)

    def _add_label(self, name: str) -> str:
        """Return the folded name of a label that there is, or will be; nothing for one too many."""
        shown = _clean_name(name)
        folded = fold_text(shown)
        if folded and folded not in self._labels:
            if len(self._labels) >= MAX_LABELS:
                self.notes.add("too_many_labels", shown)
                return ""
            self._labels.add(folded)
            self._new_labels.append((shown, self.source.label_colors.get(name, "")))
        return folded

    def _plan_dates(self, task: SourceTask) -> dict[str, Any]:
        start, due = task.start, task.due
        if start and due and self._to_day(start) > self._to_day(due):
            self.notes.add("start_after_due", task.title)
            start = None
        given: dict[str, Any] = {}
        for name, value in (("start", start), ("due", due)):
            given["_".join((name, "at" if isinstance(value, datetime) else "date"))] = value
        return given

    def _to_day(self, value: date | datetime) -> date:
        return value.astimezone(self._zone).date() if isinstance(value, datetime) else value


def count_plan(plan: Plan, project: Project, *, updates: bool) -> dict[str, int]:
    """Return the counts of a report: of what is created, and of what exists already."""
    existing = find_existing(project.pk, [task.external_id for task in plan.tasks])
    counts = {
        "created": len(plan.tasks) - len(existing),
        "updated" if updates else "existing": sum(1 for found in existing.values() if not found.is_deleted),
        "restored": sum(1 for found in existing.values() if found.is_deleted),
        "columns": len(plan.columns),
        "labels": len(plan.labels),
    }
    return counts


def find_parents(tasks: Sequence[SourceTask], notes: Notes) -> dict[str, str]:
    """Return the external id of each task's parent; circles are opened, and what is too deep hangs higher."""
    names: dict[str, str] = {}
    for task in tasks:
        for name in task.other_names:
            names.setdefault(name, task.external_id)
    names |= {task.external_id: task.external_id for task in tasks}
    parents: dict[str, str] = {}
    for task in tasks:
        if not task.parent:
            continue
        parent = names.get(task.parent, "")
        line = [parent]
        while line[-1] and task.external_id not in line and parents.get(line[-1]):
            line.append(parents[line[-1]])
        if not parent or task.external_id in line:
            notes.add("unknown_parent", task.title)
            continue
        parents[task.external_id] = parent
    return _lift_deep(parents, notes)


def _lift_deep(parents: dict[str, str], notes: Notes) -> dict[str, str]:
    """Hang what is deeper than tasks may be below the deepest ancestor that may have sub-tasks."""
    lifted: dict[str, str] = {}
    for child in parents:
        line = [parents[child]]
        while line[-1] in parents:
            line.append(parents[line[-1]])
        if len(line) >= MAX_DEPTH:
            notes.add("too_deep", child)
        lifted[child] = line[max(len(line) - MAX_DEPTH + 1, 0)]
    return lifted


def _drop_repeated(tasks: Sequence[SourceTask], notes: Notes) -> list[SourceTask]:
    """Return the tasks whose ids stand there for the first time."""
    kept: dict[str, SourceTask] = {}
    for task in tasks:
        if kept.setdefault(task.external_id, task) is not task:
            notes.add("repeated_id", task.title)
    return list(kept.values())


def _clean_line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in clean_text(text)).split())


def _clean_name(text: str) -> str:
    return _clean_line(text)[:MAX_NAME].strip()
