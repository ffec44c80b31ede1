"""Copy what a project begins with from another one, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Record, User, new_id
from tasks.models import Column, Label, Project, Status, Task, TaskChange, TaskLabel

MAX_COPIED = 2000
# What a copy of a task has of the first one; neither who does it nor when, nor what was said of it.
COPIED = ("title", "description", "priority", "estimate", "status", "position")
AT_ONCE = 500

R = TypeVar("R", bound=Record)


def find_template(own: Membership, template_id: UUID) -> Project:
    """Return a project of the organisation that a member sees. Raise ValidationError for any other."""
    projects = Project.objects.visible_to(own.user).filter(organisation=own.organisation)
    template: Project | None = projects.filter(pk=template_id).first()
    if template is None:
        raise ValidationError({"template_id": _("There is no such project in this organisation.")})
    return template


def copy_board(actor: User, source: Project, project: Project) -> None:
    """Copy columns, labels and tasks into a new project. The tasks are numbered anew, in the same order.

    As many queries for many tasks as for a few, but that databases take so many rows at once. Raise ValidationError for
    more than `MAX_COPIED` tasks.
    """
    columns = _copy_rows(project, list(Column.objects.filter(project=source)))
    labels = _copy_rows(project, list(Label.objects.filter(project=source)))
    Column.objects.bulk_create(columns.values())
    Label.objects.bulk_create(labels.values())
    originals = list(Task.objects.standing().filter(project=source).order_by("number")[: MAX_COPIED + 1])
    if len(originals) > MAX_COPIED:
        raise ValidationError(format_lazy(_("More than {count} tasks can't be copied at once."), count=MAX_COPIED))
    copies = _copy_tasks(actor, project, originals, columns)
    Task.objects.bulk_create(copies.values(), batch_size=AT_ONCE)
    TaskChange.objects.bulk_create(
        [TaskChange(task=copy, version=1, actor=actor, field="created") for copy in copies.values()],
        batch_size=AT_ONCE,
    )
    pairs = TaskLabel.objects.filter(task__project=source, task__deleted_at=None).values_list("task", "label")
    TaskLabel.objects.bulk_create(
        [TaskLabel(task=copies[task_id], label=labels[label_id]) for task_id, label_id in pairs], batch_size=AT_ONCE
    )
    project.last_number, project.version = len(copies), min(len(copies), 1)
    project.save(update_fields=["last_number", "version"])


def _copy_rows(project: Project, originals: Sequence[R]) -> dict[UUID, R]:
    """Return unsaved copies of rows of another project, by the ids of the originals."""
    copies = {}
    for original in originals:
        fields = {field.attname: getattr(original, field.attname) for field in original._meta.concrete_fields}
        copies[original.pk] = type(original)(**fields | {"id": new_id(), "project_id": project.pk})
    return copies


def _copy_tasks(
    actor: User, project: Project, originals: Sequence[Task], columns: Mapping[UUID, Column]
) -> dict[UUID, Task]:
    """Return unsaved copies of tasks, by the ids of the originals."""
    now = timezone.now()
    ids = {original.pk: new_id() for original in originals}
    return {
        original.pk: Task(
            pk=ids[original.pk],
            project=project,
            number=number,
            version=1,
            column=columns[original.column_id] if original.column_id else None,
            parent_id=ids.get(original.parent_id) if original.parent_id else None,
            creator=actor,
            completed_at=now if original.status == Status.COMPLETED else None,
            completed_by=actor if original.status == Status.COMPLETED else None,
            **{field: getattr(original, field) for field in COPIED},
        )
        for number, original in enumerate(originals, 1)
    }
