"""Store what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chat.imports.notes import Notes
from lib.text.folding import fold_text
from tasks.imports.matching import Found, find_existing
from tasks.imports.planning import Plan, PlannedTask
from tasks.models import COLORS, Column, Label, Project, Status, Task, TimeEntry
from tasks.projects.services.columns import create_column
from tasks.projects.services.labels import create_label
from tasks.work.locking import lock_task
from tasks.work.placing import first_column
from tasks.work.recording import Recording
from tasks.work.services.creating import store_task
from tasks.work.services.recurring import finish_changes
from tasks.work.services.updating import save_changes


def store_columns_and_labels(actor: User, project: Project, plan: Plan) -> None:
    """Create what a board lacks, inside the caller's transaction: columns of open tasks before those of done ones."""
    for name, status in plan.columns:
        done = first_column(project, Status.COMPLETED).pk if status != Status.COMPLETED else None
        create_column(actor=actor, project_id=project.pk, name=name, status=status, before=done)
    for index, (name, color) in enumerate(plan.labels):
        create_label(
            actor=actor, project_id=project.pk, name=name, color=color or COLORS[1 + index % (len(COLORS) - 1)]
        )


class PartWriter:
    """Stores some planned tasks in a project that is locked, each apart: one that can't be stored is noted."""

    def __init__(self, actor: User, project: Project, notes: Notes, *, updates: bool) -> None:
        self.actor, self.project, self.notes, self.updates = actor, project, notes, updates
        self.recording = Recording(actor, project)
        columns = Column.objects.filter(project=project).order_by("-position", "-pk")
        self._columns = {fold_text(column.name): column.pk for column in columns}
        labels = Label.objects.filter(project=project).values_list("name", "pk")
        self._labels = {fold_text(name): pk for name, pk in labels}
        self._known: dict[str, Found] = {}

    def store(self, tasks: Sequence[PlannedTask]) -> int:
        """Store tasks; return how many could not be. The caller's transaction has to be one of this alone."""
        names = {task.external_id for task in tasks} | {task.parent for task in tasks if task.parent}
        self._known = find_existing(self.project.pk, sorted(names))
        failed = sum(not self._store_apart(task) for task in tasks)
        finish_changes(self.recording)
        return failed

    def _store_apart(self, planned: PlannedTask) -> bool:
        number, state = self.project.last_number, self.recording.remember()
        try:
            with transaction.atomic():
                self._store_task(planned)
        except (ValidationError, ObjectDoesNotExist, DatabaseError) as error:
            self.project.last_number = number
            self.recording.forget(state)
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else ""
            self.notes.add("failed", f"{planned.fields['title']}: {reason}" if reason else planned.fields["title"])
            return False
        return True

    def _store_task(self, planned: PlannedTask) -> None:
        known = self._known.get(planned.external_id)
        if known is None:
            fields = self._resolve_ids(planned) | {"external_id": planned.external_id}
            task = store_task(self.recording, fields, is_news=False)
            self._store_time(task, planned.time_spent)
            self._known[planned.external_id] = Found(task.pk, is_deleted=False)
            return
        if known.is_deleted:
            deleted = Task.objects.get(pk=known.task_id)
            deleted.project = self.project
            self.recording.note_restored(deleted)
        if self.updates:
            save_changes(self.recording, lock_task(self.project, known.task_id), self._resolve_ids(planned))

    def _resolve_ids(self, planned: PlannedTask) -> dict[str, Any]:
        """Return fields as services take them. A column or label that was deleted meanwhile counts for nothing."""
        fields = dict(planned.fields)
        column_id = self._columns.get(planned.column) if planned.column else None
        fields |= {"column_id": column_id} if column_id else {"status": planned.status}
        if labels := [self._labels[name] for name in planned.labels if name in self._labels]:
            fields["label_ids"] = labels
        parent = self._known.get(planned.parent)
        if parent and not parent.is_deleted:
            fields["parent_id"] = parent.task_id
        return fields

    def _store_time(self, task: Task, seconds: int) -> None:
        if not seconds:
            return
        now = timezone.now()
        TimeEntry.objects.create(
            task=task,
            user=self.actor,
            started_at=now - timedelta(seconds=seconds),
            ended_at=now,
            seconds=seconds,
            note=_("Imported"),
        )
        Task.objects.filter(pk=task.pk).update(time_spent=seconds)
