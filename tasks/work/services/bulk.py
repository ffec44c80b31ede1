"""Save many tasks in one call, and keep tasks of another system up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Task
from tasks.permissions import lock_project
from tasks.work.conflicts import FieldsChanged, list_contested, require_unchanged
from tasks.work.locking import lock_task
from tasks.work.queries import load_tasks
from tasks.work.recording import Recording
from tasks.work.services.creating import store_task
from tasks.work.services.recurring import finish_changes
from tasks.work.services.updating import save_changes

NO_TITLE = {"title": _("This can't be empty.")}


class BulkItem(NamedTuple):
    """A task to change, by its id, or a new one, and its fields. `version`: of the task as its client knows it."""

    task_id: UUID | None
    fields: Mapping[str, Any]
    version: int | None = None


class BulkOutcome(NamedTuple):
    """Tasks as they were saved, None for those that could not be, and why, by their places."""

    tasks: list[Task | None]
    errors: dict[int, Exception]


def save_tasks(*, actor: User, project_id: UUID, items: Sequence[BulkItem], all_or_none: bool = True) -> BulkOutcome:
    """Create and change tasks of a project in their order: all or none, or each that can be.

    Raise what `create_task` and `update_task` do, FieldsChanged with what is contested of all of them; unless
    `all_or_none`, only for the project as a whole.
    """
    saved: list[Task | None] = []
    errors: dict[int, Exception] = {}
    try:
        with transaction.atomic():
            recording = Recording(actor, lock_project(actor, project_id))
            if all_or_none:
                _require_all_unchanged(recording, items)
            for index, item in enumerate(items):
                try:
                    saved.append(_save_item(recording, item, is_apart=not all_or_none))
                except (ValidationError, ObjectDoesNotExist, IntegrityError, FieldsChanged) as error:
                    if all_or_none:
                        raise
                    saved.append(None)
                    errors[index] = error
            finish_changes(recording)
    except IntegrityError as error:
        raise Conflict(_("There is a task with this external id already.")) from error
    found = {task.pk: task for task in load_tasks([task.pk for task in saved if task])}
    return BulkOutcome([found[task.pk] if task else None for task in saved], errors)


def upsert_task(*, actor: User, project_id: UUID, external_id: str, fields: Mapping[str, Any]) -> tuple[Task, bool]:
    """Change the task of a project with the id of another system, or create it; return it, and whether it is new.

    One that was deleted here is restored.
    """
    try:
        with transaction.atomic():
            recording = Recording(actor, lock_project(actor, project_id))
            existing = Task.objects.filter(project=project_id, external_id=external_id).first()
            if existing is None:
                _require_title(fields)
                task = store_task(recording, {**fields, "external_id": external_id})
            else:
                if existing.deleted_at is not None:
                    recording.note_restored(existing)
                task = lock_task(recording.project, existing.pk)
                save_changes(recording, task, {**fields, "external_id": external_id})
            finish_changes(recording)
    except IntegrityError as error:
        raise Conflict(_("There is a task with this external id already.")) from error
    return load_tasks([task.pk])[0], existing is None


def _require_all_unchanged(recording: Recording, items: Sequence[BulkItem]) -> None:
    """Raise FieldsChanged with what others have changed of any of the tasks since the versions that are given."""
    known = {item.task_id for item in items if item.task_id and item.version is not None}
    tasks = Task.objects.standing().filter(project=recording.project).in_bulk(known) if known else {}
    contested = [
        change
        for item in items
        if item.task_id in tasks
        for change in list_contested(tasks[item.task_id], recording.actor, item.version, item.fields)
    ]
    if contested:
        raise FieldsChanged(contested)


def _save_item(recording: Recording, item: BulkItem, *, is_apart: bool) -> Task:
    """Save one of many, `is_apart` from the others: what of it was stored and recorded goes if it fails."""
    number, state = recording.project.last_number, recording.remember()
    try:
        with transaction.atomic(savepoint=is_apart):
            if item.task_id is None:
                _require_title(item.fields)
                return store_task(recording, item.fields)
            task = lock_task(recording.project, item.task_id)
            if is_apart:
                require_unchanged(task, recording.actor, item.version, item.fields)
            save_changes(recording, task, item.fields)
            return task
    except Exception:
        recording.project.last_number = number
        recording.forget(state)
        raise


def _require_title(fields: Mapping[str, Any]) -> None:
    if not fields.get("title"):
        raise ValidationError(NO_TITLE)
