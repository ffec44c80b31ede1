"""Add labels to a project, change and delete them."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.db.transactions import after_commit
from lib.text.names import clean_name
from lib.web.errors import Taken
from tasks.models import COLORS, MAX_LABELS, Label, Project
from tasks.permissions import lock_project
from tasks.projects import events


@transaction.atomic
def create_label(*, actor: User, project_id: UUID, name: str, color: str = COLORS[0]) -> Label:
    """Add a label to a project. Raise `Taken` for the name of another one."""
    project = lock_project(actor, project_id)
    if project.labels.count() >= MAX_LABELS:
        raise ValidationError(format_lazy(_("{count} labels are enough."), count=MAX_LABELS))
    label = Label(project=project, name=clean_name(name), color=color)
    _save_label(label)
    after_commit(events.label_saved, project, label)
    return label


@transaction.atomic
def update_label(*, actor: User, label_id: UUID, name: str | None = None, color: str | None = None) -> Label:
    """Rename a label, or give it another colour. Raise `Taken` for the name of another one."""
    project, label = _lock_label(actor, label_id)
    if name is not None:
        label.name = clean_name(name)
    if color is not None:
        label.color = color
    _save_label(label)
    after_commit(events.label_saved, project, label)
    return label


@transaction.atomic
def delete_label(*, actor: User, label_id: UUID) -> None:
    """Delete a label, and take it from the tasks that have it."""
    project, label = _lock_label(actor, label_id)
    label.delete()
    after_commit(events.label_deleted, project, label_id)


def _lock_label(actor: User, label_id: UUID) -> tuple[Project, Label]:
    """Return a label and its project, which is locked until the commit."""
    found = Label.objects.filter(project__in=Project.objects.visible_to(actor)).get(pk=label_id)
    project = lock_project(actor, found.project_id)
    return project, project.labels.get(pk=label_id)


def _save_label(label: Label) -> None:
    label.clean_fields()
    try:
        with transaction.atomic():
            label.save()
    except IntegrityError as error:
        raise Taken("name", _("Another label has this name.")) from error
