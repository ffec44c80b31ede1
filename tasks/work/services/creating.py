"""Create tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Column, Project, Status, Task, TaskWatcher
from tasks.permissions import lock_project
from tasks.work.changing import apply_changes, apply_people_and_labels
from tasks.work.placing import find_column, first_column, place_tasks, set_column
from tasks.work.queries import load_tasks
from tasks.work.recording import Recording


def create_task(*, actor: User, project_id: UUID, **fields: Any) -> Task:
    """Create a task with the fields of `TaskIn`; it gets the next number, and the end of its column.

    Without a column it goes into the first one of its status, pending unless chosen; `column_id` None is the triage.
    Raise Project.DoesNotExist for a hidden project, PermissionDenied for one that the actor may not write in,
    Conflict for an `external_id` that is taken, ValidationError for what can't be.
    """
    return create_tasks(actor=actor, project_id=project_id, tasks=[fields])[0]


def create_tasks(*, actor: User, project_id: UUID, tasks: Sequence[Mapping[str, Any]]) -> list[Task]:
    """Create tasks in their order, all or none, as `create_task` does."""
    try:
        with transaction.atomic():
            project = lock_project(actor, project_id)
            recording = Recording(actor, project)
            created = [store_task(recording, fields) for fields in tasks]
            recording.save()
    except IntegrityError as error:
        raise Conflict(_("There is a task with this external id already.")) from error
    return load_tasks([task.pk for task in created])


def store_task(recording: Recording, fields: Mapping[str, Any], *, is_news: bool = True) -> Task:
    """Store a new task in a project that is locked, inside the caller's transaction.

    Its assignees are told of it where it `is_news`.
    """
    project, given = recording.project, dict(fields)
    column = _choose_column(project, given)
    project.last_number += 1
    task = Task(project=project, number=project.last_number, version=recording.version)
    task.message_id = given.pop("message_id", None)
    task.creator = given.pop("creator", recording.actor)
    recording.note_created(task)
    silent = Recording(recording.actor, project)  # what a task begins with is no change of it
    set_column(silent, task, column)
    place_tasks(silent, [task], column)
    apply_changes(silent, task, given)
    task.clean_fields(exclude=["project", "column", "parent", "creator", "completed_by", "message"])
    task.save(force_insert=True)
    apply_people_and_labels(silent, task, given)
    if is_news:
        recording.note_assigned(task, given.get("assignee_ids") or ())
    if recording.actor is not None:
        TaskWatcher.objects.bulk_create([TaskWatcher(task=task, user=recording.actor)], ignore_conflicts=True)
    return task


def _choose_column(project: Project, given: dict[str, Any]) -> Column | None:
    status = given.pop("status", None)
    if "column_id" not in given:
        return first_column(project, status or Status.PENDING)
    column = find_column(project, given.pop("column_id"))
    if status and status != (column.status if column else Status.PENDING):
        raise ValidationError({"status": _("The column has another status.")})
    return column
