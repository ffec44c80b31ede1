"""What only system administrators do."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.lifecycle import tenants
from accounts.models import User


def activate_user(*, actor: User, user_id: UUID) -> User:
    """Let somebody in again who was locked out; they sign in anew."""
    if actor.role != User.Role.ADMIN:
        raise PermissionDenied("Only a system administrator may do this.")
    with transaction.atomic():
        user: User = User.objects.select_for_update(no_key=True).get(pk=user_id)
        user.is_active = True
        user.save(update_fields=["is_active", "updated_at"])
        for tenant in tenants:
            tenant.user_changed(user=user)
    return user
