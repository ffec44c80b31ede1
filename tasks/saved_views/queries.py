"""Load saved views of a project."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from tasks.models import SavedView


def find_views(*, user: User, project_id: UUID) -> QuerySet[SavedView]:
    """Return the views of a project that a user can see: their own, and those that are shared."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True), project=project_id).select_related("owner")


def list_views(*, user: User, project_id: UUID) -> list[SavedView]:
    """Return the views that a user can see by name. One query."""
    return list(find_views(user=user, project_id=project_id).order_by(Lower("name"), "pk"))
