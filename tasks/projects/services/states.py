"""Archive projects, delete and restore them, each with all channels, and copy them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.services import record_updated
from accounts.models import User
from chat.rooms.services.hidden_channels import Audience, hide_channels, lock_hidden_channels, show_channels
from chat.rooms.services.main_channels import archive_channels, unarchive_channels
from lib.db.transactions import after_commit
from tasks.models import Project
from tasks.models.projects import Visibility
from tasks.projects import events
from tasks.projects.permissions import lock_project_with_channels
from tasks.projects.services.owners import ensure_owner
from tasks.projects.services.projects import create_project


@transaction.atomic
def archive_project(*, actor: User, project_id: UUID) -> Project:
    """Close a project and its channels for writing; all stays readable. Archiving twice changes nothing."""
    project = lock_project_with_channels(actor, project_id)
    if not project.is_archived:
        project.archived_at = timezone.now()
        archive_channels(actor, project.channel_id, project.archived_at)
        project.save(update_fields=["archived_at", "updated_at"])
        record_updated(actor, project, organisation=project.organisation, archived_at=(None, project.archived_at))
        after_commit(events.project_updated, project)
    return project


@transaction.atomic
def unarchive_project(*, actor: User, project_id: UUID) -> Project:
    """Open an archived project again, and the channels that were archived with it."""
    project = lock_project_with_channels(actor, project_id)
    if project.archived_at is not None:
        former, project.archived_at = project.archived_at, None
        unarchive_channels(actor, project.channel_id, former)
        project.save(update_fields=["archived_at", "updated_at"])
        record_updated(actor, project, organisation=project.organisation, archived_at=(former, None))
        after_commit(events.project_updated, project)
    return project


@transaction.atomic
def delete_project(*, actor: User, project_id: UUID) -> None:
    """Take a project and its channels from everybody. For thirty days it can be restored as it was."""
    project = lock_project_with_channels(actor, project_id)
    after_commit(events.project_hidden, project.pk, events.audience_topics(project))
    project.former_members = hide_channels(project.channel_id)
    project.deleted_at, project.deleted_by = timezone.now(), actor
    project.save(update_fields=["deleted_at", "deleted_by", "former_members", "updated_at"])
    record_updated(actor, project, organisation=project.organisation, deleted_at=(None, project.deleted_at))


@transaction.atomic
def restore_project(*, actor: User, project_id: UUID) -> Project:
    """Give a deleted project back to those of its members who are still in the organisation.

    For who deleted or owned it, and for administrators of the organisation.
    """
    found: Project = Project.objects.restorable_by(actor).get(pk=project_id)
    lock_hidden_channels(actor, found.channel_id, cast(Audience, found.former_members))
    project: Project = Project.objects.restorable_by(actor).locked().get(pk=project_id)
    audience, former = project.former_members, project.deleted_at
    project.deleted_at = project.deleted_by = project.former_members = None
    project.save(update_fields=["deleted_at", "deleted_by", "former_members", "updated_at"])
    show_channels(actor, project.channel_id, cast(Audience, audience))
    project.channel.refresh_from_db()
    ensure_owner(project)
    record_updated(actor, project, organisation=project.organisation, deleted_at=(former, None))
    after_commit(events.project_created, project)
    return project


def duplicate_project(
    *,
    actor: User,
    project_id: UUID,
    name: str,
    key: str = "",
    visibility: Visibility = "members",
    member_ids: Iterable[UUID] = (),
) -> Project:
    """Create a project with the description, columns, labels and tasks of one that the actor sees.

    The rules are those of `create_project`.
    """
    source = Project.objects.visible_to(actor).for_reading().get(pk=project_id)
    return create_project(
        actor=actor,
        slug=source.organisation.slug,
        name=name,
        key=key,
        description=source.description,
        color=source.color,
        visibility=visibility,
        member_ids=member_ids,
        template_id=source.pk,
    )
