"""Find the projects that a user administers."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.rooms.services.main_channels import lock_channels
from tasks.models import Project


def require_project_admin(actor: User, project: Project) -> None:
    """Raise PermissionDenied for a user who can see a project but not administer it."""
    if not Project.objects.administered_by(actor).filter(pk=project.pk).exists():
        raise PermissionDenied(_("Only admins of the project can do that."))


def lock_administered_project(actor: User, project_id: UUID) -> Project:
    """Return a project, locked until the commit. Raise PermissionDenied for a user who sees it, but is no admin."""
    project: Project = Project.objects.visible_to(actor).locked().get(pk=project_id)
    require_project_admin(actor, project)
    return project


def lock_project_with_channels(actor: User, project_id: UUID) -> Project:
    """Return a project as `lock_administered_project` does, with all of its channels locked before it.

    That is the order everywhere: memberships, channels by their ids, the project. A member who leaves holds the main
    channel as their project gets another owner.
    """
    require_project_admin(actor, Project.objects.visible_to(actor).get(pk=project_id))
    lock_channels(project_id)
    return lock_administered_project(actor, project_id)
