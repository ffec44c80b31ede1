"""Run imports of tasks: the formats that `chat.imports` knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.utils import translation

from accounts.languages import choose_language
from chat.imports.notes import Notes
from chat.models import Import
from tasks.imports.planning import Planner, count_plan
from tasks.imports.reading import read_source
from tasks.imports.storing import PartWriter, store_columns_and_labels
from tasks.imports.texts import NOTES
from tasks.models import Project
from tasks.permissions import lock_project

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Tasks that are stored together. What is stored is never stored again.
PART = 50


class TaskImport:
    """An import of tasks whose file is read and planned: the same each time, but for who and what is there by then."""

    def __init__(self, imported: Import, path: Path) -> None:
        self.imported, self.actor = imported, imported.actor
        self.updates = bool(imported.options.get("updates"))
        self.project_id = cast(UUID, imported.room_id)
        project = Project.objects.visible_to(self.actor).get(pk=self.project_id)
        with translation.override(choose_language(self.actor, translation.get_language())):
            source = read_source(path, kind=imported.kind, options=imported.options, actor=self.actor)
            self.plan = Planner(project, self.actor, source).plan()
        self.notes = source.notes

    @transaction.atomic
    def prepare(self) -> None:
        """Save the report, and create the columns and labels that are missing unless this is a dry run."""
        held = self._lock_import()
        if not held.total:
            project = lock_project(self.actor, self.project_id)
            counts = count_plan(self.plan, project, updates=self.updates)
            if not held.is_dry_run:
                store_columns_and_labels(self.actor, project, self.plan)
            held.report = {"counts": counts, "notes": self.notes.to_json()}
            held.total = len(self.plan.tasks)
            held.save(update_fields=["report", "total", "updated_at"])
        self._show_progress(held)

    @transaction.atomic
    def store_part(self) -> None:
        """Store the next tasks, and how far this is."""
        held = self._lock_import()
        part = self.plan.tasks[held.done : held.done + PART]
        notes = Notes(held.report["notes"])
        project = lock_project(self.actor, self.project_id)
        failed = PartWriter(self.actor, project, notes, updates=self.updates).store(part)
        counts = held.report["counts"]
        if failed:
            counts["failed"] = counts.get("failed", 0) + failed
        held.done, held.report = held.done + len(part), {"counts": counts, "notes": notes.to_json()}
        held.save(update_fields=["done", "report", "updated_at"])
        self._show_progress(held)

    def _lock_import(self) -> Import:
        held: Import = Import.objects.select_for_update().get(pk=self.imported.pk)
        return held

    def _show_progress(self, held: Import) -> None:
        self.imported.done, self.imported.total, self.imported.report = held.done, held.total, held.report


def open_import(imported: Import, path: Path) -> TaskImport:
    """Return an import of tasks with its file."""
    return TaskImport(imported, path)


def describe_note(code: str) -> StrOrPromise:
    """Return the words for what a note in a report says."""
    return NOTES[code]
