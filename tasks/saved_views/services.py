"""Save filters of tasks by name, change and delete them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tasks.models import Project, SavedView
from tasks.saved_views.queries import find_views

MAX_VIEWS = 100
CHANGED = ("name", "layout", "query", "is_shared", "updated_at")


@transaction.atomic
def create_view(
    *, actor: User, project_id: UUID, name: str, layout: str = "list", query: str = "", is_shared: bool = False
) -> SavedView:
    """Save a filter for the actor, or with `is_shared` for all who see the project, which takes a member of it.

    Raise Project.DoesNotExist for a hidden project, PermissionDenied, and ValidationError beyond so many views.
    """
    project = Project.objects.visible_to(actor).locked().get(pk=project_id)
    _require_right_to_share(actor, project_id, is_shared)
    if SavedView.objects.filter(project=project, owner=actor).count() >= MAX_VIEWS:
        raise ValidationError({"name": _("You can save no more than %(limit)s views.") % {"limit": MAX_VIEWS}})
    view = SavedView(project=project, owner=actor, name=name, layout=layout, query=query, is_shared=is_shared)
    view.full_clean(exclude=["project", "owner"])
    view.save(force_insert=True)
    return view


@transaction.atomic
def update_view(*, actor: User, project_id: UUID, view_id: UUID, **changes: Any) -> SavedView:
    """Change a view of the actor's own, or as an administrator of the project a shared one."""
    view = _lock_view(actor, project_id, view_id)
    _require_right_to_share(actor, project_id, changes.get("is_shared", False) and not view.is_shared)
    for name, value in changes.items():
        setattr(view, name, value)
    view.full_clean(exclude=["project", "owner"])
    view.save(update_fields=CHANGED)
    return view


@transaction.atomic
def delete_view(*, actor: User, project_id: UUID, view_id: UUID) -> None:
    """Delete a view of the actor's own, or as an administrator of the project a shared one."""
    _lock_view(actor, project_id, view_id).delete()


def _lock_view(actor: User, project_id: UUID, view_id: UUID) -> SavedView:
    Project.objects.visible_to(actor).get(pk=project_id)
    views = find_views(user=actor, project_id=project_id).select_for_update(of=("self",))
    view: SavedView = views.get(pk=view_id)
    if view.owner_id != actor.pk and not Project.objects.administered_by(actor).filter(pk=project_id).exists():
        raise PermissionDenied(_("Only who has saved this view, and administrators, can change it."))
    return view


def _require_right_to_share(actor: User, project_id: UUID, is_shared: bool) -> None:
    if is_shared and not Project.objects.writable_by(actor).filter(pk=project_id).exists():
        raise PermissionDenied(_("Only members of the project can share a view with it."))
