"""Attach files to tasks, and take them off."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assets.models import Asset
from tasks.attachments.schemas import MAX_ATTACHMENTS
from tasks.attachments.storing import list_file_ids, record_files
from tasks.models import TaskAttachment
from tasks.work.locking import lock_project_of, lock_task
from tasks.work.recording import Recording


@transaction.atomic
def attach_files(*, actor: User, task_id: UUID, asset_ids: Collection[UUID]) -> None:
    """Attach files of the organisation that the actor can see to a task. Those that are attached already stay.

    Raise Task.DoesNotExist for a hidden task, PermissionDenied where the actor may not write, ValidationError for a
    file that they can't see, and for too many.
    """
    project = lock_project_of(actor, task_id)
    task = lock_task(project, task_id)
    wanted = list(dict.fromkeys(asset_ids))
    visible = Asset.objects.visible_to(actor).filter(organisation=project.organisation_id, pk__in=wanted)
    if visible.values("pk").distinct().count() < len(wanted):
        raise ValidationError({"asset_ids": _("There is no such file.")})
    before = list_file_ids(task)
    added = [each for each in wanted if str(each) not in before]
    if len(before) + len(added) > MAX_ATTACHMENTS:
        limit = format_lazy(_("A task holds up to {count} files."), count=MAX_ATTACHMENTS)
        raise ValidationError({"asset_ids": limit})
    TaskAttachment.objects.bulk_create(TaskAttachment(task=task, asset_id=each) for each in added)
    recording = Recording(actor, project)
    record_files(recording, task, before)
    recording.save()


@transaction.atomic
def detach_file(*, actor: User, task_id: UUID, asset_id: UUID) -> None:
    """Take a file off a task; the file itself stays. Raise TaskAttachment.DoesNotExist for one that is not there."""
    project = lock_project_of(actor, task_id)
    task = lock_task(project, task_id)
    attachment = TaskAttachment.objects.get(task=task, asset=asset_id)
    before = list_file_ids(task)
    attachment.delete()
    recording = Recording(actor, project)
    record_files(recording, task, before)
    recording.save()
