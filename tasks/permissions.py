"""Decide who may change what is in a project."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import RoomMember
from tasks.models import Project


def lock_project(actor: User, project_id: UUID) -> Project:
    """Return a project that a user may write in, locked until the commit: its tasks are changed one call at a time.

    Raise Project.DoesNotExist for a hidden one, PermissionDenied for an archived one and for who is not in it.
    """
    project: Project = Project.objects.visible_to(actor).locked().get(pk=project_id)
    if project.is_archived:
        raise PermissionDenied(_("This project is archived: nothing in it can be changed."))
    if not RoomMember.objects.filter(room=project_id, user=actor).exists():
        raise PermissionDenied(_("Only members of the project can do that."))
    return project


def require_members(project: Project, user_ids: Collection[UUID], *, field: str) -> None:
    """Raise ValidationError for users who are not in a project, or who are deactivated. One query, none for nobody."""
    wanted = set(user_ids)
    if not wanted:
        return
    members = RoomMember.objects.filter(room=project.pk, user__in=wanted, user__is_active=True)
    if members.count() < len(wanted):
        raise ValidationError({field: _("Some of these people are not in the project.")})
