"""Make, change, renew and revoke the link by which anyone reads the board of a project."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.models import User
from tasks.models import Project, ShareLink
from tasks.projects.permissions import lock_administered_project, require_project_admin

SHOWN = ("expires_at", "assignees", "shows_descriptions")


@transaction.atomic
def save_share_link(
    *,
    actor: User,
    project_id: UUID,
    expires_at: datetime | None = None,
    assignees: str = ShareLink.Assignees.HIDDEN,
    shows_descriptions: bool = False,
) -> ShareLink:
    """Make the link to a board, or change until when it works and what it shows; its address stays.

    Raise PermissionDenied where the project is archived or its organisation forbids links, ValidationError for a time
    that is over.
    """
    project = _lock_shareable_project(actor, project_id)
    if expires_at is not None and expires_at <= timezone.now():
        raise ValidationError({"expires_at": _("The link has to end in the future.")})
    given = {"expires_at": expires_at, "assignees": assignees, "shows_descriptions": shows_descriptions}
    link: ShareLink | None = ShareLink.objects.filter(project=project).first()
    if link is None:
        return _store_link(actor, project, given)
    changes = {field: (getattr(link, field), value) for field, value in given.items()}
    for field, value in given.items():
        setattr(link, field, value)
    link.project = project
    link.clean_fields(exclude=("project",))
    link.save(update_fields=[*SHOWN, "updated_at"])
    record_updated(actor, link, organisation=project.organisation, **changes)
    return link


@transaction.atomic
def renew_share_link(*, actor: User, project_id: UUID) -> ShareLink:
    """Give the link to a board another address; the one before is dead. Raise ShareLink.DoesNotExist without one."""
    project = _lock_shareable_project(actor, project_id)
    former = ShareLink.objects.get(project=project)
    _delete_link(actor, project, former)
    return _store_link(actor, project, {field: getattr(former, field) for field in SHOWN})


@transaction.atomic
def revoke_share_link(*, actor: User, project_id: UUID) -> None:
    """End the link to a board. Without one nothing changes."""
    project = lock_administered_project(actor, project_id)
    for link in ShareLink.objects.filter(project=project):
        _delete_link(actor, project, link)


def find_share_link(*, actor: User, project_id: UUID) -> ShareLink:
    """Return the link to a board, which only admins of the project may see. Two queries.

    Raise PermissionDenied for other members, ShareLink.DoesNotExist where there is none.
    """
    project = Project.objects.visible_to(actor).get(pk=project_id)
    require_project_admin(actor, project)
    link: ShareLink = ShareLink.objects.get(project=project)
    return link


def _lock_shareable_project(actor: User, project_id: UUID) -> Project:
    project = lock_administered_project(actor, project_id)
    if project.is_archived:
        raise PermissionDenied(_("This project is archived: nothing in it can be changed."))
    if not project.organisation.share_links:
        raise PermissionDenied(_("This organisation allows no share links."))
    return project


def _store_link(actor: User, project: Project, fields: dict[str, Any]) -> ShareLink:
    link = ShareLink(project=project, **fields)
    link.clean_fields(exclude=("project",))
    link.save(force_insert=True)
    record_created(actor, link, organisation=project.organisation, name=project.name, **fields)
    return link


def _delete_link(actor: User, project: Project, link: ShareLink) -> None:
    record_deleted(actor, link, organisation=project.organisation, name=project.name)
    ShareLink.objects.filter(pk=link.pk).delete()
